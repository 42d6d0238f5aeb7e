"""Slack's documents: what is in one, who may read it, and what can be done to it."""
