"""Pages of the window: passive, values in, signals out."""
