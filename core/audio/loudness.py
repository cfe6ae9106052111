"""How loud speech is played: a volume from 0.1 to 1 as a gain, and a gain that never clips."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm

USUAL_VOLUME = 0.7
"""The volume at which speech is played as it comes."""
_KNEE = 0.8  # from here on, peaks are bent instead of cut


def gain_of(volume: float) -> float:
    """The gain of a volume. Its square: a step of 0.15 is then a difference that one hears, 3 to 6 dB."""
    return (volume / USUAL_VOLUME) ** 2


def louder(pcm: Pcm, gain: float) -> Pcm:
    """The sound with this gain; what would clip is bent towards the ceiling."""
    loud = pcm * np.float32(gain)
    over = np.abs(loud) - _KNEE
    bent = np.sign(loud) * (_KNEE + (1 - _KNEE) * np.tanh(np.maximum(over, 0) / (1 - _KNEE)))
    return np.where(over > 0, bent, loud).astype(np.float32)
