"""Wires: each ties one page to the doors, and is made together with it."""
