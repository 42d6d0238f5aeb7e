"""What every adapter of a remote provider is made of: calls, downloads, variations, tickets."""
