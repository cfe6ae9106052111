"""Letters: the pieces of text that an ear writes and a mouth reads, in both scripts."""

from __future__ import annotations

from core.domain.script import tokens
from core.s2s.vocabulary import WORD_START

BLANK = "<blank>"
TELUGU = "".join(map(chr, (0xC02, 0xC03, *range(0xC05, 0xC3A), *range(0xC3E, 0xC4E))))
ENGLISH = "abcdefghijklmnopqrstuvwxyz'"
LETTERS: tuple[str, ...] = (BLANK, WORD_START, *ENGLISH, *TELUGU)
NUMBERS = {letter: number for number, letter in enumerate(LETTERS)}


def spelled(text: str) -> list[int]:
    """A text as letters, each word with its start; what is no letter is left out."""
    found = []
    for word in tokens(text):
        letters = [NUMBERS[letter] for letter in word if letter in NUMBERS]
        if letters:
            found += [NUMBERS[WORD_START], *letters]
    return found


def written(numbers: list[int]) -> str:
    """Letters as text."""
    return "".join(LETTERS[number] for number in numbers).replace(WORD_START, " ").strip()
