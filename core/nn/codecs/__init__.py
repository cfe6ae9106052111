"""The codec family in torch."""
