"""Timbre: how alike two voices sound, without a network that knows speakers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.spectrum import Spectrum, SpectrumConfig

BANDS, COEFFICIENTS = 40, 20

Fingerprint = NDArray[np.float64]


def fingerprint(pcm: Pcm, rate: int) -> Fingerprint:
    """Means and spreads of cepstra over the loud half of an utterance, [2 * COEFFICIENTS]."""
    config = SpectrumConfig(rate, window=512, hop=160, bins=BANDS, lowest_hz=60.0, floor_db=-80.0)
    columns = Spectrum(config).push(pcm).astype(np.float64)
    columns = columns if columns.shape[1] == BANDS else columns.T  # [T, BANDS]
    loudness = columns.mean(axis=1)
    columns = columns[loudness >= np.median(loudness)]
    bands = (np.arange(BANDS) + 0.5) / BANDS
    cosines = np.cos(np.pi * np.arange(1, COEFFICIENTS + 1)[:, None] * bands)  # loudness is left out
    cepstra = columns @ cosines.T
    return np.concatenate([cepstra.mean(axis=0), cepstra.std(axis=0)])


def similarities(originals: list[Fingerprint], decoded: list[Fingerprint]) -> tuple[float, float]:
    """Mean cosine of each voice with its own reconstruction, and with the next voice's: the floor."""
    everyone = np.array([*originals, *decoded])
    middle, spread = everyone.mean(axis=0), everyone.std(axis=0) + 1e-9
    a = (np.array(originals) - middle) / spread
    b = (np.array(decoded) - middle) / spread
    return float(_cosine(a, b).mean()), float(_cosine(a, np.roll(b, 1, axis=0)).mean())


def _cosine(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.sqrt(np.square(a).sum(axis=1) * np.square(b).sum(axis=1)) + 1e-9
    cosines: NDArray[np.float64] = (a * b).sum(axis=1) / lengths
    return cosines
