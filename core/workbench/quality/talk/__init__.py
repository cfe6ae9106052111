"""How well a speech model understands and is understood, on phrasings and voices that it never heard."""
