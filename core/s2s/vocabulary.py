"""Vocabulary: the pieces of text that a speech model's text stream is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import ModelError

NOTHING = -1  # no piece begins in this frame
WORD_START = "▁"


class Vocabulary:
    """Text pieces by number; ▁ is the space before a word, those in angle brackets print nothing."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = tuple(pieces)
        self._numbers = {piece: number for number, piece in enumerate(pieces) if not _special(piece)}
        self._longest = max(map(len, self._numbers), default=0)

    def __len__(self) -> int:
        return len(self._pieces)

    def printed(self, piece: int) -> str:
        """What a piece adds to the transcript."""
        if piece == NOTHING:
            return ""
        if not 0 <= piece < len(self._pieces):
            raise ModelError(f"The model wrote a piece of text that it does not have ({piece}).")
        word = self._pieces[piece]
        return "" if _special(word) else word.replace(WORD_START, " ")

    def number(self, piece: str) -> int | None:
        """The number of a piece; None where there is none."""
        return self._numbers.get(piece)

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        """Words as pieces, at each place the longest that fits, each with whether a word begins with it."""
        rest = "".join(WORD_START + word for word in words.split())
        found = []
        while rest:
            fits = (rest[:size] for size in range(min(self._longest, len(rest)), 0, -1))
            piece = next((piece for piece in fits if piece in self._numbers), None)
            if piece is None:
                raise ModelError(
                    f"The model cannot say “{words}”: it has no piece for “{rest[0]}”.", "Use other letters."
                )
            found.append((self._numbers[piece], piece.startswith(WORD_START)))
            rest = rest[len(piece) :]
        return found


def read_vocabulary(path: Path) -> Vocabulary:
    """One piece a line, UTF-8."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"The vocabulary {path.name} cannot be read: {error}.", "Fetch or copy the model again."
        ) from error
    if not lines:
        raise ModelError(f"The vocabulary {path.name} is empty.", "Fetch or copy the model again.")
    return Vocabulary(lines)


def _special(piece: str) -> bool:
    return piece.startswith("<") and piece.endswith(">")
