"""Band: up to which frequency a sound really holds anything, whatever its sample rate claims."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

_WINDOW = 2048
_STEP_HZ = 250.0
_SILENT = 1e-9  # mean power of a bin, of a sound in [-1, 1]: nothing was said


class BandMeter:
    """The mean spectrum of the louder half of a sound, gathered piece by piece."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._power: NDArray[np.float64] = np.zeros(_WINDOW // 2 + 1)
        self._heard: Pcm = np.zeros(0, np.float32)
        self._loudness = 0.0  # running mean of the power of the pieces heard so far
        self._pieces = 0

    def push(self, pcm: Pcm) -> None:
        """More of the sound."""
        heard = np.concatenate((self._heard, pcm))
        whole = len(heard) // _WINDOW * _WINDOW
        if whole:
            self._add(heard[:whole].reshape(-1, _WINDOW))
        self._heard = heard[whole:]

    def limit_hz(self, floor_db: float = -75.0) -> float:
        """The frequency above which there is nothing; half the sample rate when there is no such edge.

        Nothing: weaker than the loudest band by `floor_db`, where filters leak and 16 bits end.
        """
        half = self._rate / 2
        if not self._pieces and len(self._heard):
            self._add(np.pad(self._heard, (0, _WINDOW - len(self._heard)))[None])
        bins = max(1, round(_STEP_HZ * _WINDOW / self._rate))
        bands = self._power[1 : 1 + (_WINDOW // 2) // bins * bins].reshape(-1, bins).mean(axis=1)
        bands = bands / max(1, self._pieces) / _WINDOW
        if not len(bands) or bands.max() < _SILENT:
            return half
        held = np.flatnonzero(bands > bands.max() * 10 ** (floor_db / 10))
        top = int(held[-1]) + 1
        if top >= len(bands) - 1:
            return half
        return float(min(half, top * bins * self._rate / _WINDOW))

    def _add(self, frames: NDArray[np.float32]) -> None:  # [N, WINDOW]
        spectra = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), axis=1)) ** 2
        for loudness, spectrum in zip(frames.var(axis=1), spectra, strict=True):
            self._pieces += 1
            self._loudness += (float(loudness) - self._loudness) / self._pieces
            if loudness >= 0.1 * self._loudness:
                self._power += spectrum
