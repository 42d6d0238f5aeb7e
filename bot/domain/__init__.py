"""What things are: frozen values and the rules that hold between them; no input or output."""
