"""Features: what the live extender is shown of a sound, and where in the spectrum it may add to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.enhance.frames import BIN_HZ, Spectra

LOW_BINS = 241  # 0 to 12 kHz: what it is shown
FIRST_HIGH, LAST_HIGH = 72, 400  # 3.6 to 20 kHz: what it may add
HIGH_BINS = LAST_HIGH - FIRST_HIGH + 1
CROSSOVER_SHARE = 0.94  # of the band limit: where a resampler's filter is halfway down

FLOOR = 1e-4  # of a magnitude: about the noise of 16 bits
SCALE = 4.0  # brings the logarithms to about -2 to 2
_TOP_HZ = (LOW_BINS - 1) * BIN_HZ
_LOWEST_HZ = (FIRST_HIGH + 2) * BIN_HZ


def crossover_hz(limit_hz: float) -> float:
    """Where the addition begins, for a sound that holds nothing above `limit_hz`."""
    return max(CROSSOVER_SHARE * limit_hz, _LOWEST_HZ)


def shown_bins(crossover: float) -> int:
    """How many of the low bins hold something."""
    return min(LOW_BINS, int(crossover / BIN_HZ))


def loudness(spectra: Spectra, crossover: float) -> NDArray[np.float32]:  # [T, BINS] -> [T, LOW_BINS]
    """The low band's magnitudes as logarithms; what lies above the crossover is told as silence."""
    seen = np.full((len(spectra), LOW_BINS), np.log(FLOOR) / SCALE, np.float32)
    bins = shown_bins(crossover)
    seen[:, :bins] = np.log(np.maximum(np.abs(spectra[:, :bins]), FLOOR)) / SCALE
    return seen


def phasors(bent: Spectra) -> NDArray[np.float32]:  # [T, BINS] -> [T, 2 * HIGH_BINS]
    """The phases of the high band of a rectified sound: its harmonics and pulses lie where the voice's do."""
    high = bent[:, FIRST_HIGH : LAST_HIGH + 1]
    unit = high / np.maximum(np.abs(high), 1e-9)
    return np.concatenate((unit.real, unit.imag), axis=1).astype(np.float32)


def told_limit(crossover: float) -> float:
    """The crossover as the network hears of it, from 0 to 1."""
    return min(1.0, crossover / _TOP_HZ)


def added_spectra(spectrum: NDArray[np.float32], bins: int) -> Spectra:  # [T, 2 * HIGH_BINS] -> [T, bins]
    """The network's answer in its place among all bins."""
    whole = np.zeros((len(spectrum), bins), np.complex64)
    whole[:, FIRST_HIGH : LAST_HIGH + 1] = spectrum[:, :HIGH_BINS] + 1j * spectrum[:, HIGH_BINS:]
    return whole
