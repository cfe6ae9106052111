"""Ring: sound handed from one thread to another, with any number of onlookers."""

from __future__ import annotations

import threading

import numpy as np

from core.audio.base import Pcm

HISTORY_SECONDS = 10  # of sound that sources and sinks keep for onlookers


class Ring:
    """A circle of samples with one writer, one reader and any number of onlookers; nobody ever waits.

    Positions count samples since the ring was made, so they never wrap and a difference is a length.
    Each position is changed by one side only, and only after the samples are in place; Python's
    assignment of an attribute is atomic. That is why no lock is needed.

    With `history=True` there is no reader: nothing is held back for one, and the writer never runs
    out of room. Onlookers then see the latest `capacity` samples.
    """

    def __init__(self, capacity: int, *, history: bool = False) -> None:
        if capacity <= 0:
            raise ValueError(f"a ring needs room for at least one sample, not {capacity}")
        self.capacity = capacity
        self.overruns = 0  # samples that found no room
        self.underruns = 0  # samples that were asked for and not there
        self._memory = np.zeros(capacity, np.float32)
        self._history = history
        self._claimed = 0  # the writer may be changing memory up to here
        self._written = 0
        self._read = 0
        self._writer: int | None = None
        self._reader: int | None = None
        self._claim = threading.Lock()  # taken once by each side, when it first appears

    @property
    def written(self) -> int:
        """The position of the writer."""
        return self._written

    @property
    def available(self) -> int:
        """Samples that wait for the reader."""
        return 0 if self._history else self._written - self._read

    @property
    def room(self) -> int:
        """Samples that may be written before the reader must come."""
        return self.capacity - self.available

    def write(self, pcm: Pcm) -> int:
        """Put samples in, as many as fit; the rest is lost and counted. Returns how many fitted."""
        if self._writer != threading.get_ident():
            self._claim_writer()
        fitting = len(pcm) if self._history else min(len(pcm), self.room)
        self.overruns += len(pcm) - fitting
        start = self._written
        self._claimed = max(self._claimed, start + fitting)
        kept = pcm[max(0, fitting - self.capacity) : fitting]
        self._place(start + fitting - len(kept), kept)
        self._written = start + fitting
        return fitting

    def read(self, count: int) -> Pcm:
        """Take up to `count` samples out; what is missing is counted."""
        if self._history:
            raise RuntimeError("a history has onlookers only, and no reader")
        if self._reader != threading.get_ident():
            self._claim_reader()
        taken = min(count, self.available)
        self.underruns += count - taken
        pcm = self._copy(self._read, taken)
        self._read += taken
        return pcm

    def peek(self, since: int, until: int | None = None) -> tuple[Pcm, int]:
        """What was written from `since` on (up to `until`) and is still held, and the position reached."""
        position = self._written if until is None else min(until, self._written)
        start = max(since, position - self.capacity, 0)
        if start >= position:
            return np.zeros(0, np.float32), position
        pcm = self._copy(start, position - start)
        # The writer may have come round meanwhile: what it touched is no longer what we asked for.
        spoiled = self._claimed - self.capacity - start
        return pcm[max(0, spoiled) :], position

    def retract(self, position: int) -> None:
        """Forget what was written after `position`, of which no onlooker has been told yet. Writer only."""
        if not self._history:
            raise RuntimeError("what waits for a reader cannot be taken back")
        self._written = max(0, min(position, self._written))

    def _claim_writer(self) -> None:
        with self._claim:
            if self._writer is not None:
                raise RuntimeError("this ring already has a writer: another thread may not write too")
            self._writer = threading.get_ident()

    def _claim_reader(self) -> None:
        with self._claim:
            if self._reader is not None:
                raise RuntimeError("this ring already has a reader: another thread may not read too")
            self._reader = threading.get_ident()

    def _place(self, position: int, pcm: Pcm) -> None:
        at = position % self.capacity
        first = min(len(pcm), self.capacity - at)
        self._memory[at : at + first] = pcm[:first]
        self._memory[: len(pcm) - first] = pcm[first:]

    def _copy(self, position: int, count: int) -> Pcm:
        at = position % self.capacity
        first = min(count, self.capacity - at)
        pcm = np.empty(count, np.float32)
        pcm[:first] = self._memory[at : at + first]
        pcm[first:] = self._memory[: count - first]
        return pcm
