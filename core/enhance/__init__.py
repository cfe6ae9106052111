"""Super-resolution: band-limited speech becomes 48 kHz. No torch here."""
