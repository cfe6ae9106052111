"""The engine: audio, codecs, speech models, training, workbench. Never Qt."""
