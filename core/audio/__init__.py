"""Sound in and out, as numpy frames."""
