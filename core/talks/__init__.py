"""What the engine does with each frame of sound: answer in turns, talk at once, or mirror."""
