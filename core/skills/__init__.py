"""Answers that need the machine: clock, timers, arithmetic, units, words, the voice itself."""
