"""Codecs at run time: sound to codes and back."""
