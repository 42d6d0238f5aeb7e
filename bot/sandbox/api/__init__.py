"""Slack's Web API: `methods` lists what there is, one line each."""
