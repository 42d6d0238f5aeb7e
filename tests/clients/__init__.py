"""Apps nobody here wrote the frameworks of, run as their own processes against the sandbox."""
