"""How payloads reach the app."""
