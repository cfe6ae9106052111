"""Crossover: where what was heard ends and what is added begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.enhance.base import OUT_RATE

TAPS = 769  # 80 dB within 160 Hz of the crossover, for 8 ms of delay
_KAISER_BETA = 8.0
HALF_WIDTH_HZ = 160.0


def high_pass(crossover_hz: float) -> NDArray[np.float32]:
    """A filter of linear phase that lets pass what lies above the crossover; [TAPS]."""
    at = np.arange(TAPS) - TAPS // 2
    edge = 2 * crossover_hz / OUT_RATE
    low_pass = edge * np.sinc(edge * at) * np.kaiser(TAPS, _KAISER_BETA)
    taps = -low_pass / low_pass.sum()
    taps[TAPS // 2] += 1
    return np.asarray(taps, np.float32)


class Crossover:
    """Adds a high band to a sound that passes through untouched.

    Only the addition is filtered, so below `crossover_hz - HALF_WIDTH_HZ` the sound comes out as it went
    in, 80 dB or more above anything that was added.
    """

    delay = TAPS // 2

    def __init__(self, crossover_hz: float, added_delay: int) -> None:
        """`added_delay`: how many samples the addition comes later than the sound it belongs to."""
        self._size = 4 * TAPS
        self._filter = np.fft.rfft(high_pass(crossover_hz), self._size + TAPS - 1)
        self._past: Pcm = np.zeros(TAPS - 1, np.float32)
        self._waiting: Pcm = np.zeros(added_delay + self.delay, np.float32)

    def push(self, sound: Pcm, added: Pcm) -> Pcm:  # [T], [T] -> [T]
        held = np.concatenate((self._waiting, sound))
        out, self._waiting = held[: len(sound)].copy(), held[len(sound) :]
        if not added.any() and not self._past.any():  # nothing is added, and nothing rings on
            return out
        for start in range(0, len(sound), self._size):
            piece = added[start : start + self._size]
            out[start : start + len(piece)] += self._filtered(piece)
        return out

    def _filtered(self, piece: Pcm) -> Pcm:
        """One piece of at most `_size` samples, by overlap and save."""
        sound = np.concatenate((self._past, piece))
        self._past = sound[-(TAPS - 1) :]
        length = self._size + TAPS - 1
        whole = np.fft.irfft(np.fft.rfft(sound, length) * self._filter, length)
        found: Pcm = whole[TAPS - 1 : TAPS - 1 + len(piece)].astype(np.float32)
        return found
