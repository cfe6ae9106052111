"""Prosody: how the latest words sounded at their end, and whether more of them will come."""

from __future__ import annotations

from collections import deque
from dataclasses import astuple, dataclass
from functools import cache

import numpy as np

from core.audio.base import Pcm

_HOP_SECONDS = 0.01
_WINDOW_SECONDS = 0.04
_REMEMBERED_SECONDS = 3.5  # of the turn: enough to know the speaker's pitch and loudness
_SILENT_SECONDS = 0.15  # that follow the end, and tell the noise of the room
_PITCHES = (70.0, 400.0)
_PERIODIC = 0.55  # likeness to itself that makes a vowel
_AS_GOOD = 0.9  # of the best likeness, and the shorter period is the right one
_OCTAVE_ASTRAY = 8.0  # semitones from the usual pitch, and it was taken for its half or its double
_AUDIBLE_DB, _OVER_NOISE_DB = 30.0, 6.0  # below the loudest moment, and above the noise
_END, _BEFORE, _AROUND, _LAST = 25, 80, 50, 8  # moments of _HOP_SECONDS: before the end of the voice
_FEWEST, _FEWEST_AT_END, _FEWEST_BEFORE = 8, 4, 6  # with a pitch, or nothing can be said
_MOST_SEMITONES = 12.0

# Learned from sentences and their pauses, by eight voices of espeak-ng in three languages and 36 people who
# read Malayalam (0 is as likely done as not when both are as frequent). None of them is in a report.
_WEIGHTS = (-0.683, 0.102, 0.214, 0.249, 0.228)
_BIAS = -1.482


@dataclass(frozen=True, slots=True)
class Ending:
    """How a voice fell silent, against how it had sounded before; pitches in semitones."""

    pitch: float
    """Of the last moments over the usual."""
    slope: float
    """Over the last quarter of a second of voice: negative where the pitch fell."""
    bend: float
    """How far the pitch moved there, either way; a held one did not."""
    step: float
    """Of the last moments over those just before the end."""
    softness: float
    """Of the last half second under the loudest moment, in dB."""

    @property
    def done(self) -> float:
        """How much this sounds like the end of what was to be said: 0 says nothing."""
        return _BIAS + float(np.dot(_WEIGHTS, astuple(self)))


class Tune:
    """Loudness and pitch of a turn's latest moments: in a silence it is asked how the voice before it ended.

    Each moment is looked at when it comes: all of them at once would take longer than a frame.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._rest: Pcm = np.zeros(0, np.float32)
        moments = round(_REMEMBERED_SECONDS / _HOP_SECONDS)
        self._level: deque[float] = deque(maxlen=moments)
        self._pitch: deque[float] = deque(maxlen=moments)

    def push(self, pcm: Pcm) -> None:
        self._rest = np.concatenate((self._rest, pcm))
        level, pitch = _contours(self._rest, self._rate)
        self._level.extend(level)
        self._pitch.extend(pitch)
        self._rest = self._rest[len(level) * round(_HOP_SECONDS * self._rate) :]

    def done(self) -> float | None:
        """How much it sounds like an end (see Ending); None where nothing can be said."""
        found = _ending(np.array(self._level), np.array(self._pitch))
        return found.done if found else None


def ending(sound: Pcm, rate: int) -> Ending | None:
    """How the voice in this sound ended, which ends in silence; None where too little of it has a pitch."""
    return _ending(*_contours(sound, rate))


def _ending(level: np.ndarray, pitch: np.ndarray) -> Ending | None:
    if len(level) == 0:
        return None
    noise = float(np.median(level[-round(_SILENT_SECONDS / _HOP_SECONDS) :]))
    audible = level > max(float(level.max()) - _AUDIBLE_DB, noise + _OVER_NOISE_DB)
    voiced = np.flatnonzero(audible & (pitch > 0))
    if len(voiced) < _FEWEST:
        return None
    tones = _smooth(_one_octave(12 * np.log2(pitch[voiced])))
    until, over = voiced[-1] + 1, int(np.flatnonzero(audible)[-1]) + 1
    at_end = voiced >= until - _END
    before = (voiced < until - _END) & (voiced >= until - _BEFORE)
    if np.count_nonzero(at_end) < _FEWEST_AT_END:
        return None
    usual = float(np.median(tones))
    last = float(np.median(tones[at_end][-_LAST:]))
    just_before = float(np.median(tones[before])) if np.count_nonzero(before) >= _FEWEST_BEFORE else usual
    around = voiced[at_end] - voiced[at_end].mean()
    slope = float(around @ tones[at_end] / (around @ around)) * _END
    slope = min(max(slope, -_MOST_SEMITONES), _MOST_SEMITONES)
    softness = float(level.max() - level[max(0, over - _AROUND) : over].max())
    return Ending(last - usual, slope, abs(slope), last - just_before, softness)


def _one_octave(tones: np.ndarray) -> np.ndarray:
    """Pitches around their median, those that were taken for half or double put right."""
    around: np.ndarray = tones - np.median(tones)
    around[around > _OCTAVE_ASTRAY] -= 12
    around[around < -_OCTAVE_ASTRAY] += 12
    return around


def _smooth(tones: np.ndarray) -> np.ndarray:
    """The median of five, so that one moment astray says nothing."""
    fives = np.lib.stride_tricks.sliding_window_view(np.pad(tones, 2, "edge"), 5)
    return np.asarray(np.median(fives, axis=-1))


@cache
def _weighing(size: int) -> tuple[np.ndarray, int, np.ndarray]:
    """A window, the points of its transform, and how like itself it is at each lag."""
    window = np.hanning(size).astype(np.float32)
    points = 1 << (2 * size - 1).bit_length()
    return window, points, np.fft.irfft(np.abs(np.fft.rfft(window, points)) ** 2, points)


def _contours(sound: Pcm, rate: int) -> tuple[np.ndarray, np.ndarray]:
    """Loudness in dB and pitch in Hz (0 where there is none), each hundredth of a second."""
    size, hop = round(_WINDOW_SECONDS * rate), round(_HOP_SECONDS * rate)
    if len(sound) < size:
        return np.zeros(0), np.zeros(0)
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]  # [T, window]
    level = 10 * np.log10(np.mean(np.square(frames), axis=1) + 1e-10)
    window, points, own = _weighing(size)
    power = np.abs(np.fft.rfft(frames * window, points)) ** 2
    power[:, int(1200 * points / rate) :] = 0  # pitch and first formant
    power[:, : int(60 * points / rate)] = 0
    alike = np.fft.irfft(power, points)  # [T, lag]
    first, last = (round(rate / hertz) for hertz in reversed(_PITCHES))
    likeness = alike[:, first:last] / (alike[:, :1] + 1e-12) * (own[0] / own[first:last])
    best = likeness.max(axis=1)
    # A pitch's double period is as like as the period: the first peak that is nearly the best one counts.
    peaks = np.zeros_like(likeness, bool)
    middle = likeness[:, 1:-1]
    peaks[:, 1:-1] = (middle >= likeness[:, :-2]) & (middle >= likeness[:, 2:])
    good = peaks & (likeness >= _AS_GOOD * best[:, None])
    found = good.any(axis=1) & (best >= _PERIODIC)
    return level, np.where(found, rate / (first + np.argmax(good, axis=1)), 0.0)
