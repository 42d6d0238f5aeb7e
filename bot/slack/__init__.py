"""What we say to Slack outside a reply: the gateway, cards, files."""
