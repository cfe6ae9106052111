"""Onlooker: looks at a stream of sound without disturbing it, for meters and spectrograms."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.settings import Scale
from core.audio.base import Pcm
from core.audio.level import QUIETEST_DB, LevelMeter, Verdict
from core.audio.spectrum import Columns, Spectrum, SpectrumConfig

COLUMNS_PER_SECOND = 60
BANDS = 80
_WINDOW_SECONDS = 0.032
_FALL_DB = 40.0  # a second: how fast a meter sinks after a loud moment


@dataclass(frozen=True, slots=True)
class Glance:
    """What is new in a stream since the last look."""

    columns: Columns
    level_db: float
    verdict: Verdict
    anew: bool = False
    """The stream began again: earlier columns are of another one."""
    frequencies: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """In Hz, one for each band of the columns."""


class Onlooker:
    """Keeps its own place in one stream and turns what is new into a level and columns of a spectrogram."""

    def __init__(self, peek: Callable[[int], tuple[Pcm, int]]) -> None:
        self._peek = peek
        self._rate = 0
        self._place = 0
        self._shown_db = QUIETEST_DB
        self._last = 0.0
        self._scale: Scale = "mel"

    def choose_scale(self, scale: Scale) -> None:
        """Pitch as the ear has it, or as it is counted; the columns begin anew."""
        if scale != self._scale:
            self._scale = scale
            self._rate = 0

    def look(self, rate: int, now: float) -> Glance:
        """Never waits. `rate` is that of the stream, which begins anew when it changes; `now` in seconds."""
        anew = rate != self._rate
        if anew:
            self._place = 0
            self._begin(rate)
        pcm, place = self._peek(self._place)
        if place < self._place:  # a stream that was opened again counts from nought
            anew = True
            self._begin(rate)
        self._place = place
        reading = self._meter.push(pcm)
        fallen = self._shown_db - _FALL_DB * max(0.0, now - self._last)
        self._shown_db = max(reading.peak_db if len(pcm) else QUIETEST_DB, fallen, QUIETEST_DB)
        self._last = now
        columns = self._spectrum.push(pcm)
        return Glance(columns, self._shown_db, reading.verdict, anew, self._frequencies)

    def _begin(self, rate: int) -> None:
        self._rate = rate
        self._meter = LevelMeter(rate)
        window = 1 << round(math.log2(rate * _WINDOW_SECONDS))
        hop = round(rate / COLUMNS_PER_SECOND)
        self._spectrum = Spectrum(SpectrumConfig(rate, window=window, hop=hop, scale=self._scale, bins=BANDS))
        self._frequencies = self._spectrum.frequencies()
