"""What a desk companion is asked, and what it says: intents, numbers, understanding, dialogue."""
