"""Latest: the latest samples of a stream, at hand in one piece."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm

_ROOM = 4  # times what is remembered: the samples are moved together only when that is full


class Latest:
    """The last so many samples; before there were any, silence."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._held: Pcm = np.zeros(_ROOM * count, np.float32)
        self._end = count

    def push(self, pcm: Pcm) -> None:
        pcm = pcm[-self._count :]
        if self._end + len(pcm) > len(self._held):
            self._held[: self._count] = self._held[self._end - self._count : self._end]
            self._end = self._count
        self._held[self._end : self._end + len(pcm)] = pcm
        self._end += len(pcm)

    def last(self, count: int, before: int = 0) -> Pcm:
        """So many samples, `before` the latest ones; a view that the next push may change."""
        return self._held[self._end - before - count : self._end - before]

    @property
    def all(self) -> Pcm:
        return self.last(self._count)
