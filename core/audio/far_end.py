"""FarEnd: what the speaker plays, read in step with the microphone although their clocks differ."""

from __future__ import annotations

from collections import deque
from typing import Protocol, runtime_checkable

import numpy as np

from core.audio.base import Pcm

_TAPS = 16  # of the filter that reads between two samples
_PHASES = 512
_JUMP_SECONDS = 0.004  # a change of the delay that no drift makes in half a second
_EARLY_SECONDS, _LATE_SECONDS = 0.002, 0.45  # the echo's delay behind the reference that is left as it is
_AIM_SECONDS = 0.016  # otherwise the reference is moved so that the echo comes so long after it
_MOST_DRIFT, _LEAST_DRIFT = 500e-6, 4e-6
_REMEMBERED = 20  # measurements that tell the drift
_AHEAD_SECONDS = 0.05  # by which the reference may be read before it is played
_PAUSING_SECONDS = 0.05  # that it takes nothing: blocks are shorter, most of them
_STUCK_SECONDS = 0.1  # that the device takes nothing, not even silence: what it plays is unknown
_SLIP_SECONDS = 0.01  # that the device fell behind, more than its blocks make: its sound was held up
_LATEST = 50  # reads that tell how far the device is ahead, without the moments at which the engine came late
_LOST_SECONDS = 0.25  # the microphone and the speaker are no more where they were together


@runtime_checkable
class Played(Protocol):
    """A sink that tells what left for the device, sample by sample, silence included."""

    def position(self) -> int:
        """The samples that the device has taken since the start."""

    def reference(self, start: int, count: int) -> Pcm:
        """What is played at these positions, as far as it is known; silence where nothing is."""


class FarEnd:
    """The speaker's samples at the microphone's own rate; the measured delay keeps it in step."""

    def __init__(self, sample_rate: int, played: Played) -> None:
        self.drift = 0.0
        """By how much the speaker's clock is found to be faster than the microphone's."""
        self.moves = 0
        """How often the reference was moved, because the echo was out of reach."""
        self.jumps = 0
        """How often the echo came elsewhere all at once."""
        self._rate = sample_rate
        self._played = played
        self._at: float | None = None
        self._lag = 0.0
        self._found: list[tuple[float, float]] = []  # time, and the echo's place by it
        self._known = False  # whether there was ever an echo
        self._elsewhere: float | None = None  # a place that was measured once, and must be confirmed
        self._time = 0
        self._lags: deque[float] = deque(maxlen=_LATEST)
        self._slipped_at: float | None = None  # the echo is elsewhere since then, and was not found again
        self._position = -1
        self._unmoved = 0  # samples of the microphone since the device took any
        offsets = np.arange(_TAPS) - (_TAPS // 2 - 1)
        at = offsets[None, :] - np.arange(_PHASES + 1)[:, None] / _PHASES
        taps = np.sinc(at) * np.cos(np.pi * at / (_TAPS + 2)) ** 2
        self._bank = (taps / taps.sum(1, keepdims=True)).astype(np.float32)  # [phase, tap]

    def read(self, count: int) -> Pcm:
        """As many samples as the microphone just gave."""
        position = self._played.position()
        self._unmoved = self._unmoved + count if position == self._position else 0
        self._position = position
        if self._at is None:
            self._at, self._lag = float(position - count), float(count)
        self._keep_up(position)
        places = self._at + np.arange(count) * (1 + self.drift)
        self._at += count * (1 + self.drift)
        self._time += count
        first = int(np.floor(places[0]))
        sound = self._played.reference(first - _TAPS, int(places[-1]) - first + 2 * _TAPS + 2)
        whole = np.floor(places).astype(np.int64)
        if self.drift == 0 and places[0] == whole[0]:
            return sound[_TAPS : _TAPS + count]
        taps = self._bank[np.rint((places - whole) * _PHASES).astype(np.int64)]
        windows = np.lib.stride_tricks.sliding_window_view(sound, _TAPS)
        read: Pcm = np.einsum("kt,kt->k", windows[whole - first + _TAPS - (_TAPS // 2 - 1)], taps)
        return read

    def measured(self, delay: float, age: float) -> None:
        """The echo came so many samples after the reference, `age` samples ago.

        What is remembered is where in the speaker's own count the echo was: no correction changes that.
        """
        assert self._at is not None
        time = self._time - age
        place = self._at - age * (1 + self.drift) - delay - time
        first = not self._known  # where there is no echo, a single likeness of two voices must not count
        if first or (self._found and abs(place - self._expected(time)) > _JUMP_SECONDS * self._rate):
            if self._elsewhere is None or abs(place - self._elsewhere) > _JUMP_SECONDS * self._rate:
                self._elsewhere = place
                return
            self._found, self._known = [], True
            self.jumps += 1
        self._elsewhere = None
        if self._slipped_at is not None and time > self._slipped_at:
            self._slipped_at = None
        self._found = [*self._found[1 - _REMEMBERED :], (time, place)]
        if len(self._found) > 2:
            times, places = np.transpose(self._found)
            slope = float(np.polyfit(times, places, 1)[0])
            self.drift = 0.0 if abs(slope) < _LEAST_DRIFT else min(max(slope, -_MOST_DRIFT), _MOST_DRIFT)
        if not _EARLY_SECONDS * self._rate < delay < _LATE_SECONDS * self._rate:
            self._bring(delay)

    def unconfirmed(self) -> None:
        """The speaker went on, and the echo was not found again where it was last found."""
        self._elsewhere = None

    def gone(self) -> None:
        """The speaker went on for so long that there is no echo any more, wherever it slipped to."""
        self._slipped_at = None

    @property
    def stuck(self) -> bool:
        """Whether the device says no more what it plays."""
        return self._unmoved > _STUCK_SECONDS * self._rate

    @property
    def pausing(self) -> bool:
        """Whether the device has said nothing new for a while: it may be about to fall silent."""
        return self._unmoved > _PAUSING_SECONDS * self._rate

    @property
    def astray(self) -> bool:
        """Whether the echo is not where it is expected: it was found elsewhere, or what is played slipped."""
        return self._elsewhere is not None or (self._known and self._slipped_at is not None)

    def _expected(self, time: float) -> float:
        before, place = self._found[-1]
        return place + (time - before) * self.drift

    def _bring(self, delay: float) -> None:
        """Move the reference so that the echo follows it closely."""
        assert self._at is not None
        step = delay - _AIM_SECONDS * self._rate
        # A whole number of samples: it is the same sound as before, only elsewhere.
        self._at -= round(step)
        self._lag += round(step)
        self.moves += 1

    def _keep_up(self, position: int) -> None:
        """Sound was lost, or the speaker stood still: begin again from where it is now."""
        assert self._at is not None
        lag = position - self._at
        if self._lags and lag < min(self._lags) - _SLIP_SECONDS * self._rate:
            self._slipped_at = self._time
        self._lags.append(lag)
        if len(self._lags) < _LATEST:
            return
        # The least of a second: an engine that comes late hears old sound, and catches up.
        lag = min(self._lags)
        astray = lag - self._lag
        # what has not left for the device yet is no echo: a speaker that begins late must be waited for
        too_soon = lag < 0 and astray < -_AHEAD_SECONDS * self._rate
        if too_soon or abs(astray) > _LOST_SECONDS * self._rate:
            self._at += round(astray)
            self._found, self._elsewhere = [], None
            self._slipped_at = self._time
            self._lags.clear()
            self.moves += 1
