"""Low-band replacement: what was heard stays; of what a model made, only the rest is taken."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm
from core.enhance.base import OUT_RATE
from core.enhance.crossover import TAPS, high_pass

_EDGE_HZ = 1_000.0  # below the crossover: where both sounds can be compared
_MOST_GAIN = 1.25  # a model that is further off than this is not believed about its level


def replace_low_band(heard: Pcm, made: Pcm, crossover_hz: float) -> Pcm:
    """The sound as it was heard, with what the model made above the crossover at a fitting level."""
    gain = np.clip(
        _edge_level(heard, crossover_hz) / max(_edge_level(made, crossover_hz), 1e-9),
        1 / _MOST_GAIN,
        _MOST_GAIN,
    )
    edge = min(TAPS, len(made) // 2)
    rising = np.sin(0.5 * np.pi * (np.arange(edge) + 0.5) / edge) ** 2
    faded = made.copy()  # an abrupt beginning would be heard, and felt in the low band
    faded[:edge] *= rising
    faded[len(faded) - edge :] *= rising[::-1]
    size = len(made) + TAPS - 1
    spectrum = np.fft.rfft(faded, size) * np.fft.rfft(high_pass(crossover_hz), size)
    added = np.fft.irfft(spectrum, size)[TAPS // 2 : TAPS // 2 + len(made)]
    found: Pcm = (heard + gain * added).astype(np.float32)
    return found


def _edge_level(pcm: Pcm, crossover_hz: float) -> float:
    """The root mean square of the kilohertz below the crossover."""
    spectrum = np.fft.rfft(pcm)
    hertz = np.fft.rfftfreq(len(pcm), 1 / OUT_RATE)
    edge = spectrum[(hertz > 0.9 * crossover_hz - _EDGE_HZ) & (hertz < 0.9 * crossover_hz)]
    return float(np.sqrt(np.mean(np.abs(edge) ** 2))) if len(edge) else 0.0
