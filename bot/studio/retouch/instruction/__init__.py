"""An instruction in English in, the operations that it asks for out; no pixels."""
