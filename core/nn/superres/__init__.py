"""Super-resolution models in torch."""
