"""The speech models in torch."""
