"""The engine: audio, codecs, speech models, training, workbench. Never Qt."""

__version__ = "0.1.0"
