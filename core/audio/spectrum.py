"""Spectrum: the columns of a spectrogram, made as the sound arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

Columns = NDArray[np.float32]  # [column, bin] in dB, 0 is a full-scale sine


@dataclass(frozen=True, slots=True)
class SpectrumConfig:
    """How sound is cut into columns."""

    sample_rate: int
    window: int = 512
    hop: int = 256
    scale: Literal["linear", "mel"] = "mel"
    bins: int = 96  # of the mel scale; the linear one has window / 2 + 1
    lowest_hz: float = 40.0
    floor_db: float = -100.0

    def __post_init__(self) -> None:
        if not 0 < self.hop <= self.window:
            raise ValueError(f"a hop is between 1 and the window of {self.window}, not {self.hop}")


class Spectrum:
    """A stream of spectrogram columns: each new sound gives the columns that it completes."""

    def __init__(self, config: SpectrumConfig) -> None:
        self.config = config
        self._window = np.hanning(config.window + 1)[:-1].astype(np.float32)
        self._full_scale = float(self._window.sum() / 2) ** 2  # power of a sine of amplitude 1
        self._mel = _mel_filters(config) if config.scale == "mel" else None  # [frequency, bin]
        self._held: Pcm = np.zeros(0, np.float32)

    @property
    def bins(self) -> int:
        return self.config.bins if self._mel is not None else self.config.window // 2 + 1

    @property
    def columns_per_second(self) -> float:
        return self.config.sample_rate / self.config.hop

    def frequencies(self) -> NDArray[np.float64]:
        """The middle of each bin in Hz, for the axis."""
        if self._mel is None:
            return np.fft.rfftfreq(self.config.window, 1 / self.config.sample_rate).astype(np.float64)
        return _mel_edges(self.config)[1:-1]

    def push(self, pcm: Pcm) -> Columns:
        window, hop = self.config.window, self.config.hop
        self._held = np.concatenate((self._held, pcm))
        count = max(0, (len(self._held) - window) // hop + 1)
        if count == 0:
            return np.zeros((0, self.bins), np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(self._held, window)[::hop][:count]
        power = np.abs(np.fft.rfft(frames * self._window)) ** 2  # [column, frequency]
        if self._mel is not None:
            power = power @ self._mel
        self._held = self._held[count * hop :]
        floor = 10 ** (self.config.floor_db / 10)
        columns: Columns = (10 * np.log10(np.maximum(power / self._full_scale, floor))).astype(np.float32)
        return columns


def _mel_edges(config: SpectrumConfig) -> NDArray[np.float64]:
    """Where the triangles of the mel scale begin, peak and end, in Hz."""
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (config.lowest_hz, config.sample_rate / 2))
    edges: NDArray[np.float64] = 700 * (10 ** (np.linspace(lowest, highest, config.bins + 2) / 2595) - 1)
    return edges


def _mel_filters(config: SpectrumConfig) -> NDArray[np.float32]:
    """Triangles on the mel scale; a triangle narrower than the spectrum's own step is widened to it."""
    edges = _mel_edges(config)
    frequencies = np.fft.rfftfreq(config.window, 1 / config.sample_rate)[:, None]
    step = config.sample_rate / config.window
    middles = edges[1:-1]
    rising = np.maximum(middles - edges[:-2], step)
    falling = np.maximum(edges[2:] - middles, step)
    from_middle = frequencies - middles  # [frequency, bin]
    triangles = 1 - np.where(from_middle < 0, -from_middle / rising, from_middle / falling)
    filters: NDArray[np.float32] = np.maximum(triangles, 0).astype(np.float32)
    return filters
