"""A picture and operations in, the edited picture out; no words."""
