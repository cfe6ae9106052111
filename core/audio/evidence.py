"""Evidence: whether somebody speaks over the speaker's own sound, judged from what the canceller leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.audio.echo_delay import likeness
from core.audio.latest import Latest

_BANDS = 12
_LOWEST, _HIGHEST = 200.0, 5000.0
_DECAY_DB = 110.0  # a second: how fast an echo is let fade out of what is expected
_RISE_DB, _FALL_DB = 25.0, 5.0  # a second: how fast the echo's running level is followed
_FLOOR_FALL_DB = 15.0
_RISE_SUSPECT_DB = 4.0  # the same while it might be a voice
_LEARNING_SECONDS = 0.8  # of the speaker's sound, before anything is judged
_OVER_DB = 6.0  # above what is expected of echo and noise, in a band that counts
_BANDS_OVER = 0.17  # of the bands, and it may be a voice
_LEFT_DB, _OVER_FLOOR_DB = (
    -45.0,
    12.0,
)  # what is left by the canceller that takes all echo: loud, and over its floor
_ECHO_LIKE = 7.0  # the peak of the likeness to the speaker's sound, over its noise, that is still an echo
_ECHO_LIKE_TONES = 6.3  # the same for the tones alone of what the other canceller lets through
_TONES_WITHIN_DB = 30.0  # of the loudest, and it is a tone of what is left
_PERIODIC = 0.4  # likeness to itself that makes a vowel
_VOICED_SHARE = 0.25  # of what counts as a voice, that must be vowels
_STRONG_DB = 22.0  # over the floor, and it counts for more
_STRONG = 1.4
_BREAK = 0.5  # of a break is taken off what was counted: a consonant is one
_MOST_SECONDS = 0.4
_WINDOW_SECONDS = 0.28  # of the rest that is compared with the speaker's sound
_REACH_SECONDS = 0.7  # and how long before it that may have been played
_PITCHES = (70.0, 400.0)
_QUIET_DB = -62.0  # the least that a voice has in a band


@dataclass(frozen=True, slots=True)
class NearEnd:
    """What is known of somebody at the microphone while the speaker plays."""

    seconds: float = 0.0
    """Of a voice that is certainly not the speaker's, with its short breaks taken off."""
    over_db: float = 0.0
    """Loudness above what is expected of echo and noise."""
    echo_like: float = 0.0
    voiced: float = 0.0


class Evidence:
    """A judgement each hop: louder than the echo, unlike what is played, and voiced."""

    def __init__(self, sample_rate: int, hop: int) -> None:
        self.now = NearEnd()
        self._rate = sample_rate
        self._seconds = hop / sample_rate
        self._window = np.hanning(2 * hop).astype(np.float32)
        hertz = np.fft.rfftfreq(2 * hop, 1 / sample_rate)
        edges = np.geomspace(_LOWEST, min(_HIGHEST, 0.45 * sample_rate), _BANDS + 1)
        self._edges = np.searchsorted(hertz, edges)
        self._held = round(_WINDOW_SECONDS * sample_rate)
        self._rest = Latest(max(self._held, 4 * hop))
        self._suppressed = Latest(self._held)
        self._far = Latest(self._held + round(_REACH_SECONDS * sample_rate))
        self._reach = self._held + round(_REACH_SECONDS * sample_rate)
        self._still = self._reach  # samples since the speaker last sounded
        self._expected = np.full(_BANDS, -100.0)  # of the speaker's sound and its decay, each band in dB
        self._echo = np.full(_BANDS, -100.0)  # what is left of it, over that
        self._noise = np.full(_BANDS, -70.0)
        self._floor = -70.0  # what the other canceller leaves when nobody speaks, in dB
        self._learned = 0.0
        self._voiced = 0.0
        self._sum = 0.0

    def push(self, suppressed: Pcm, rest: Pcm, far: Pcm, *, sure: bool = True) -> NearEnd:
        """One hop of both cancellers, the one that takes all echo first, and of what the speaker played.

        Nothing is judged before it is `sure` where in the speaker's sound the echo is.
        """
        hop = len(rest)
        self._rest.push(rest)
        self._suppressed.push(suppressed)
        self._far.push(far)
        self._still = 0 if far.any() else self._still + hop
        if self._still >= self._reach:
            self.now, self._sum, self._voiced = NearEnd(), 0.0, 0.0
            return self.now
        level, played = self._levels()
        self._expected = np.maximum(played, self._expected - _DECAY_DB * self._seconds)
        sounding = self._expected > -75
        echo = np.where(sounding, self._expected + self._echo, -100.0)
        over = level - np.maximum(np.maximum(echo, self._noise), _QUIET_DB)
        left = 10 * float(np.log10(np.mean(np.square(suppressed)) + 1e-10))
        loud = left > max(_LEFT_DB, self._floor + _OVER_FLOOR_DB)
        suspect = float(np.mean(over > _OVER_DB)) >= _BANDS_OVER
        self._follow(level, sounding, suspect or loud, sure)
        if self._learned < _LEARNING_SECONDS:
            self._floor = max(self._floor, left)
        else:
            self._floor -= _FLOOR_FALL_DB * self._seconds * (left < self._floor)
        heard, echo_like, voiced, weight = False, 0.0, 0.0, 1.0
        if (suspect or loud) and sure and self._learned >= _LEARNING_SECONDS:
            voiced = self._periodicity()
            echo_like = likeness(self._rest.last(self._held), self._far.all, self._rate)[1]
            heard = echo_like < _ECHO_LIKE
            if heard and left > max(_LEFT_DB, self._floor + _STRONG_DB):
                weight = _STRONG
            if loud and not heard:
                # Between the tones of a voice our own filter leaves some echo: the tones are asked alone.
                left_over = self._suppressed.all
                tones = likeness(left_over, self._far.all, self._rate, within_db=_TONES_WITHIN_DB)[1]
                echo_like, heard = min(echo_like, tones), tones < _ECHO_LIKE_TONES
        self._count(heard, voiced, weight)
        certain = self._sum if self._voiced >= _VOICED_SHARE * self._sum else 0.0
        self.now = NearEnd(certain, float(np.mean(over)), echo_like, voiced)
        return self.now

    def _count(self, heard: bool, voiced: float, weight: float) -> None:
        if heard:
            seconds = weight * self._seconds
            self._sum = min(_MOST_SECONDS, self._sum + seconds)
            self._voiced = min(self._sum, self._voiced + seconds * (voiced > _PERIODIC))
        else:
            self._sum = max(0.0, self._sum - _BREAK * self._seconds)
            self._voiced = min(self._voiced, self._sum)

    def _follow(self, level: np.ndarray, sounding: np.ndarray, suspect: bool, sure: bool) -> None:
        """What is left of the echo, followed upwards faster than down: nine of ten moments lie below."""
        left = level - self._expected
        if self._learned < _LEARNING_SECONDS:
            if sure and sounding.mean() > 0.5:
                self._learned += self._seconds
                # One level for all bands: which of them sounded so far is chance.
                self._echo[:] = max(float(self._echo.max()), float(left[sounding].max()))
            return
        rise = _RISE_SUSPECT_DB if suspect else _RISE_DB
        step = np.where(left > self._echo, rise, -_FALL_DB) * self._seconds
        self._echo = np.where(sounding, self._echo + step, self._echo)
        # The noise of the room: down at once, up slowly, and never while somebody may speak.
        up = 0.0 if suspect else 3.0 * self._seconds
        self._noise = np.where(level < self._noise, 0.5 * (level + self._noise), self._noise + up)

    def _levels(self) -> np.ndarray:
        """Of what is left and of what is played, band by band, in dB."""
        count = len(self._window)
        sounds = np.stack((self._rest.last(count), self._far.last(count))) * self._window
        power = np.abs(np.fft.rfft(sounds)) ** 2
        bands = np.add.reduceat(power[:, : self._edges[-1]], self._edges[:-1], axis=1)
        # as the power of the samples: Parseval, and what the window takes
        decibels: np.ndarray = 10 * np.log10(bands * 2 / (0.375 * count**2) + 1e-10)
        return decibels

    def _periodicity(self) -> float:
        """How like itself the latest sound is, a pitch's period later."""
        sound = self._rest.last(2 * len(self._window))
        size = 1 << (2 * len(sound) - 1).bit_length()
        power = np.abs(np.fft.rfft(sound, size)) ** 2
        power[: int(60 * size / self._rate)] = 0
        power[int(1500 * size / self._rate) :] = 0  # pitch and first formants
        alike = np.fft.irfft(power, size)
        shortest, longest = (round(self._rate / pitch) for pitch in reversed(_PITCHES))
        share = alike[shortest:longest] / (1 - np.arange(shortest, longest) / len(sound))
        return float(share.max() / (alike[0] + 1e-12))
