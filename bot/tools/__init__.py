"""What an approved item does beyond calling a provider: its sources, its place in a canvas."""
