"""Script: words that the model is made to say in its own voice and at its own pace."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from core.nn.s2s.streams import NOTHING, StreamsConfig

PATIENCE = 6  # frames that the model may rest between two words before it is pressed


class Script:
    """The pieces of text still to be said, in place of what the model would have written.

    The model chooses the moment: a word begins when the model would begin one, or when its patience is over.
    The pieces of a word follow each other without a rest.
    """

    def __init__(self, streams: StreamsConfig) -> None:
        self._streams = streams
        self._pieces: deque[tuple[int, bool]] = deque()
        self._rested = 0
        self._announced = False

    def say(self, pieces: Iterable[tuple[int, bool]]) -> None:
        """Pieces to be said next, each with whether a word begins with it."""
        self._pieces.extend(pieces)

    def clear(self) -> None:
        """Say nothing more (the listener interrupted)."""
        self._pieces.clear()

    def __len__(self) -> int:
        return len(self._pieces)

    @property
    def word(self) -> int:
        """The piece to be said next; NOTHING when the model speaks for itself."""
        return self._pieces[0][0] if self._pieces else NOTHING

    @property
    def patient(self) -> bool:
        """Whether the model may rest before that piece."""
        begins = bool(self._pieces) and self._pieces[0][1]
        return begins and not self._announced and self._rested < PATIENCE

    def told(self, piece: int, *, said: bool) -> None:
        """What became of a frame: the text in it, and whether that was the next piece."""
        if said:
            self._pieces.popleft()
        self._rested = 0 if said else self._rested + 1
        self._announced = piece == self._streams.text_pad_end != NOTHING
