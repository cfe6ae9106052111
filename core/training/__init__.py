"""Making corpora, training, exporting."""
