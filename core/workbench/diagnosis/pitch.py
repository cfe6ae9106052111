"""Pitch: how high a voice is, moment by moment, in a whole recording. Needs no torch."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

Floats = NDArray[np.float64]

RATE = 16_000
FRAMES = 100  # estimates a second

_DECIMATION = 2  # lags are compared at 8 kHz
_WORK_RATE = RATE // _DECIMATION
_TAPS = 16 * _DECIMATION + 1
_CUTOFF = 1_200.0  # the first harmonics say the pitch, formants disturb it
_SHORTEST, _LONGEST = _WORK_RATE // 500, math.ceil(_WORK_RATE / 60)  # lags: 500 down to 60 Hz
_WINDOW = 240  # 30 ms
_SPAN = _WINDOW + _LONGEST + 1
_HOP = _WORK_RATE // FRAMES
_SMOOTHING = (0.25, 0.35, 0.4)  # weights of the correlations of the last frames, oldest first
_NEARLY = 0.88  # the shortest lag that reaches this part of the best one wins: against octaves too low
_VOICED = 0.7
_BLOCK = 500  # frames at once


def pitch_of(pcm: Pcm) -> NDArray[np.float32]:
    """Pitch in Hz every 10 ms of a sound at 16 kHz, 0 without voice.

    As the codecs' own tracker hears it: by the likeness of the latest sound to its past, so an estimate
    tells of a moment before.
    """
    if not len(pcm):
        return np.zeros(0, np.float32)
    whole = np.pad(pcm.astype(np.float64), (_TAPS - _DECIMATION, -len(pcm) % (RATE // FRAMES)))
    low = np.convolve(whole, _low_pass(), "valid")[::_DECIMATION]
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(low, (_SPAN - _HOP, 0)), _SPAN)[::_HOP]
    blocks = (frames[start : start + _BLOCK] for start in range(0, len(frames), _BLOCK))
    scores = np.concatenate([_correlations(block) for block in blocks])  # [F, lags]
    before = np.pad(scores, ((len(_SMOOTHING) - 1, 0), (0, 0)))
    smooth = sum(weight * before[i : i + len(scores)] for i, weight in enumerate(_SMOOTHING))
    return _chosen(np.asarray(smooth))


def _low_pass() -> Floats:
    time = np.arange(_TAPS) - (_TAPS - 1) / 2
    kernel = np.sinc(2 * _CUTOFF / RATE * time) * np.hanning(_TAPS + 2)[1:-1]
    return np.asarray(kernel / kernel.sum())


def _correlations(frames: Floats) -> Floats:  # [F, SPAN] -> [F, lags], the shortest first
    """How much the end of each frame is like itself one lag earlier."""
    tail = frames[:, -_WINDOW:]
    past = np.lib.stride_tricks.sliding_window_view(frames[:, : _SPAN - _SHORTEST + 1], _WINDOW, axis=1)
    cross = np.einsum("flw,fw->fl", past, tail)
    power = np.pad(np.cumsum(np.square(frames), axis=1), ((0, 0), (1, 0)))
    lags = cross.shape[1]
    energy = power[:, _WINDOW : _WINDOW + lags] - power[:, :lags]
    own = np.square(tail).sum(axis=1, keepdims=True)
    floor = _WINDOW * 1e-7  # about -70 dB: silence has no pitch
    return np.asarray((cross / np.sqrt((own + floor) * (np.maximum(energy, 0) + floor)))[:, ::-1])


def _chosen(score: Floats) -> NDArray[np.float32]:  # [F, lags] -> [F]
    """The first peak that is nearly the best one, read between lags by a parabola."""
    left, here, right = score[:, :-2], score[:, 1:-1], score[:, 2:]
    peak = (here >= left) & (here > right)
    best = np.where(peak, here, 0).max(axis=1)
    first = (peak & (here >= _NEARLY * best[:, None])).argmax(axis=1)
    each = np.arange(len(score))
    a, b, c = left[each, first], here[each, first], right[each, first]
    shift = np.clip(0.5 * (a - c) / np.minimum(a - 2 * b + c, -1e-6), -0.5, 0.5)
    voiced = (b > _VOICED) & (best > 0)
    return np.where(voiced, _WORK_RATE / (first + _SHORTEST + shift), 0).astype(np.float32)
