"""Resampling: a stream with a short, constant delay, and whole sounds at the best quality."""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

_CROSSINGS = 40  # of the filter's sinc, on each side: 90 dB down, flat up to 0.87 of the lower band
_CUTOFF = 0.94
_KAISER_BETA = 9.0
_MOST_PHASES = 1024  # kept ready; odder pairs of rates, found in files only, compute theirs as they go


class Resampler:
    """A stream of sound that changes its sample rate, and loses or adds nothing however long it runs.

    The place of every output sample is computed from its number in whole integers, so the count
    never drifts. The delay is half a filter, about 2.7 ms and always the same: soxr's streams hold
    back 5 to 37 ms in bursts, which a conversation would wait for twice.
    """

    def __init__(self, in_rate: int, out_rate: int) -> None:
        if in_rate <= 0 or out_rate <= 0:
            raise ValueError(f"sample rates are positive, not {in_rate} and {out_rate}")
        common = gcd(in_rate, out_rate)
        self._up, self._down = out_rate // common, in_rate // common
        self.passthrough = self._up == self._down
        self._half = 0 if self.passthrough else _half_width(self._up, self._down)
        self.delay_seconds = self._half / in_rate
        self._bank = self._taps(np.arange(self._up)) if self._up <= _MOST_PHASES else None  # [phase, tap]
        self._held: Pcm = np.zeros(max(0, self._half - 1), np.float32)
        self._held_at = -len(self._held)  # the input position of the first held sample
        self._taken = 0  # input samples so far
        self._made = 0  # output samples so far

    def push(self, pcm: Pcm) -> Pcm:
        """All output that the input so far decides."""
        self._taken += len(pcm)
        if self.passthrough:
            self._made = self._taken
            return pcm
        self._held = np.concatenate((self._held, pcm))
        made = self._filter(self._held, max(self._made, self._count(self._taken - self._half)))
        self._made += len(made)
        keep_from = self._made * self._down // self._up - self._half + 1
        if keep_from > self._held_at:
            self._held = self._held[keep_from - self._held_at :]
            self._held_at = keep_from
        return made

    def tail(self) -> Pcm:
        """What would still come if only silence followed. Changes nothing: more may be pushed after it."""
        if self.passthrough:
            return np.zeros(0, np.float32)
        padded = np.concatenate((self._held, np.zeros(self._half + 1, np.float32)))
        return self._filter(padded, max(self._made, self._count(self._taken)))

    def finish(self) -> Pcm:
        """The last output. The stream is over."""
        last = self.tail()
        self._made += len(last)
        return last

    def _count(self, taken: int) -> int:
        """Output samples that lie before the input position `taken`."""
        return max(0, -(-taken * self._up // self._down))

    def _filter(self, held: Pcm, end: int) -> Pcm:
        """Outputs from `_made` up to `end`."""
        if end <= self._made:
            return np.zeros(0, np.float32)
        places = np.arange(self._made, end, dtype=np.int64) * self._down
        first_taps = places // self._up - (self._half - 1) - self._held_at
        windows = np.lib.stride_tricks.sliding_window_view(held, 2 * self._half)
        phases = places % self._up
        taps = self._taps(phases) if self._bank is None else self._bank[phases]
        made: Pcm = np.einsum("kt,kt->k", windows[first_taps], taps)
        return made

    def _taps(self, phases: NDArray[np.int64]) -> NDArray[np.float32]:
        """A windowed sinc for each of these places between two input samples; [phase, tap]."""
        half = self._half
        cutoff = _CUTOFF * min(1.0, self._up / self._down)
        at = phases[:, None] / self._up + (half - 1) - np.arange(2 * half)[None, :]  # in input samples
        window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (at / max(1, half)) ** 2, 0, 1)))
        taps = np.sinc(cutoff * at) * window
        scaled: NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
        return scaled


def resample(pcm: Pcm, in_rate: int, out_rate: int) -> Pcm:
    """A whole sound at another rate, at soxr's high quality."""
    if in_rate == out_rate or len(pcm) == 0:
        return pcm
    import soxr

    wanted = -(-len(pcm) * out_rate // in_rate)
    out = np.asarray(soxr.resample(pcm.astype(np.float32, copy=False), in_rate, out_rate), np.float32)
    return np.pad(out, (0, max(0, wanted - len(out))))[:wanted]


def _half_width(up: int, down: int) -> int:
    """Half the filter's length in input samples."""
    return int(np.ceil(_CROSSINGS * max(1.0, down / up) / _CUTOFF))
