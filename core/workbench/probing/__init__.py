"""What a feature holds: speaker, content and pitch, measured with controls."""
