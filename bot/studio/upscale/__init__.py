"""Pictures made two or four times as large by a neural network, each in a process of its own.

`process.Upscaler` is the way in. Nothing here that the bot imports loads the network's libraries;
only the child process does.
"""
