"""What people do with images they have: make others of them, look at them, put them away."""
