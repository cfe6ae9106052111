"""Sounds that a language tells apart, and whether a codec keeps them apart."""
