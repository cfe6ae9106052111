"""Training corpora: speech with its words, phonemes, speaker and emotion, made from a seed and a config."""
