"""Training of speech models: what they hear and say as codes, and how they learn it."""
