"""Sound files in real time: one as a microphone hears it, one as a speaker plays it, on the same clock."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path
from typing import Self

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.wav import WavSink, WavSource

_LEAD_SECONDS = 0.12
"""What waits in the speaker, as in a real one."""


class LiveWavSource(WavSource):
    """A sound file that is heard no faster than it sounds."""

    def __init__(self, path: Path | str, format: AudioFormat) -> None:
        super().__init__(path, format)
        self._begun: float | None = None
        self._frames = 0

    def read(self) -> Pcm | None:
        now = time.monotonic()
        self._begun = self._begun if self._begun is not None else now
        self._frames += 1
        time.sleep(max(0.0, self._begun + self._frames * self.format.frame_seconds - now))
        return super().read()


class LiveWavSink(WavSink):
    """A WAV file that is written as a speaker plays: with its silences, and without what is dropped."""

    def __init__(self, path: Path | str, format: AudioFormat) -> None:
        super().__init__(path, format)
        self._waiting: deque[Pcm] = deque()
        self._begun = time.monotonic()
        self._frames = 0

    def __enter__(self) -> Self:
        self._begun = time.monotonic()
        return self

    def has_room(self) -> bool:
        self._play()
        return len(self._waiting) * self.format.frame_seconds < _LEAD_SECONDS

    def write(self, pcm: Pcm) -> None:
        self._play()
        self._waiting.append(pcm)

    def drop(self) -> None:
        self._play()
        self._waiting.clear()

    def pending(self) -> int:
        self._play()
        return sum(map(len, self._waiting))

    def close(self) -> None:
        while self._waiting:
            super().write(self._waiting.popleft())
        super().close()

    def _play(self) -> None:
        """Write what sounded since this was last called."""
        while self._frames < (time.monotonic() - self._begun) / self.format.frame_seconds:
            self._frames += 1
            silence = np.zeros(self.format.frame_size, np.float32)
            super().write(self._waiting.popleft() if self._waiting else silence)
