"""Quantizers: continuous frames to codes and back."""
