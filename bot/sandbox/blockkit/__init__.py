"""Block Kit as Slack checks it: blocks and views in, Slack's complaints out."""
