"""Thought: what is thought between a turn and its answer, a bit in each frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.talks.heard_turn import HeardTurn
from core.talks.share import Share


class Thought:
    """The last words of a turn on their way to be found, and what follows once they are known."""

    def __init__(self, heard: HeardTurn, then: Callable[[HeardTurn], None]) -> None:
        self._heard = heard
        self._then = then
        self._bits: Iterator[None] = heard.finishing()

    def go_on(self, share: Share) -> bool:
        """Think one bit at least, and as many as there is time for; True once all is thought."""
        for _ in self._bits:
            if not share.left:
                return False
        self._then(self._heard)
        return True

    def end(self) -> None:
        """Think all the rest at once: something else is about to begin."""
        for _ in self._bits:
            continue
        self._then(self._heard)
