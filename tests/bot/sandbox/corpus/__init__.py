"""Blocks that Slack takes, and blocks that each break one rule of it."""
