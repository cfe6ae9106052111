"""Evidence: whether somebody speaks over the speaker's own sound, judged from what the canceller leaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.audio.echo_delay import likeness, spectrum_of
from core.audio.latest import Latest

_BANDS = 12
_LOWEST, _HIGHEST = 200.0, 5000.0
_DECAY_DB = 110.0  # a second: how fast an echo is let fade out of what is expected
_RISE_DB, _FALL_DB = 25.0, 5.0  # a second: how fast the echo's running level is followed
_FLOOR_FALL_DB = 15.0
_RISE_SUSPECT_DB = 4.0  # the same while it might be a voice
_LEARNING_SECONDS = 0.8  # of the speaker's sound, before anything is judged
_OVER_DB = 6.0  # above what is expected of echo and noise, in a band that counts
_SUSPECT, _WATCHED = 0.17, 0.08  # of the bands: it may be a voice; it is looked at closely
_LEFT_DB, _OVER_FLOOR_DB = -45.0, 12.0  # left by the canceller that takes all echo: loud, and over its floor
_WATCHED_DB = -50.0  # left by it, and it is looked at closely
_TONES_WITHIN_DB = 30.0  # of the loudest, and it is a tone of what is left
_ECHO = 12.0  # the peak of the likeness to the speaker's sound, over its noise, that is nothing but echo
_ECHO_LIKE, _ECHO_LIKE_TONES = 7.0, 6.3  # the same that is still an echo, of all and of the tones alone
# An echo that suddenly comes another way is as loud as a voice. Where the rest is clearly like the speaker's
# sound, or no louder than usual, so many of the latest hops must have been loud and unlike it: for a first
# sign, and for a firm one.
_CLEARLY_ECHO = 11.0
_LATEST, _FEW_UNLIKE, _MANY_UNLIKE = 8, 2, 5
_MOST_OF_A_SIGN = 0.12  # seconds
# An echo that now comes another way: the microphone's sound is so much like the speaker's, elsewhere.
_MOVED, _MOVED_SECONDS = 8.0, 0.0015
_MOVED_HELD_SECONDS = 0.3  # after the last sign of that nothing is judged
_BREAK = 0.5  # of a break is taken off what was counted: a consonant is one
_SHORT, _LONG = 4, 10  # hops: signs are weighed by their means over both

# Learned from 32 minutes of narration and 90 interruptions in seven rooms; its talkers and rooms are in no
# report. Each sign: what counts as nothing and as everything, and its weights over _SHORT and over _LONG.
# Signs speak together: what alone says echo may say, beside a loud moment, that it has only just begun.
_SIGNS = (
    (-15, 15, -1.75, -2.57),  # louder than what is expected of echo and noise, in dB
    (0, 1, 3.18, 4.98),  # the share of the bands that are much louder
    (-60, -20, 3.26, 9.88),  # what the canceller leaves that takes all echo, in dB
    (0, 40, 1.58, 8.00),  # the same over its floor
    (4, 12, -2.48, -0.35),  # how like the rest is to the speaker's sound: the peak over its noise
    (4, 12, 0.23, 3.85),  # the same of the tones alone of what the other canceller leaves
    (4, 12, 1.20, 3.16),  # the same of all that it leaves
    (0, 1, 3.67, 9.85),  # how voiced the rest is
    (0, 1, -2.46, -1.56),  # how voiced that is which the other canceller leaves
    (-2, 25, -3.24, -2.53),  # by how much our filter made the microphone's sound quieter, in dB
    (-4, 30, 6.84, -2.57),  # by how much the other canceller did
)
_BIAS = -14.53
_FIRST_SIGN, _FIRM = 0.75, 2.75  # log odds: as much as _FIRST_SECONDS and _FIRM_SECONDS of a plain voice
_FIRST_SECONDS, _FIRM_SECONDS = 0.06, 0.13
_MOST_SECONDS = 0.4
_ECHO_ONLY: tuple[float, ...] = (_ECHO, _ECHO, _ECHO, 0.0, 0.0)  # the signs that are not looked at closely
_NOTHING_HEARD = (-15.0, 0.0, -100.0, 0.0, *_ECHO_ONLY, 100.0, 100.0)
_WINDOW_SECONDS = 0.28  # of the rest that is compared with the speaker's sound
_REACH_SECONDS = 0.7  # and how long before it that may have been played
_PITCHES = (70.0, 400.0)
_QUIET_DB = -62.0  # the least that a voice has in a band


@dataclass(frozen=True, slots=True)
class NearEnd:
    """What is known of somebody at the microphone while the speaker plays."""

    seconds: float = 0.0
    """Of a plain voice that would make it as sure that this is not the speaker's."""
    lately: float = 0.0
    """Seconds in which there was one, with half of its breaks taken off."""


class Evidence:
    """A judgement each hop: louder than the echo, unlike what is played, voiced, and left over."""

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
        self._lately = 0.0
        self._unlike: deque[bool] = deque(maxlen=_LATEST)  # of the latest hops
        self._near = Latest(self._held)
        self._moved = _MOVED_HELD_SECONDS  # seconds since the echo was last found elsewhere
        limits = np.array(_SIGNS)
        self._nothing, self._range = limits[:, 0], limits[:, 1] - limits[:, 0]
        self._short, self._long = limits[:, 2], limits[:, 3]
        self._signs = np.tile(self._scaled(_NOTHING_HEARD), (_LONG, 1))  # of the latest hops

    def push(
        self, near: Pcm, suppressed: Pcm, rest: Pcm, far: Pcm, *, place: float = 0.0, sure: bool = True
    ) -> NearEnd:
        """One hop of the microphone, of both cancellers (the one that takes all echo first), of the speaker.

        The echo is known to come `place` samples after the speaker's sound; nothing is judged before that
        is `sure`.
        """
        hop = len(rest)
        for held, sound in zip(
            (self._near, self._rest, self._suppressed, self._far), (near, rest, suppressed, far), strict=True
        ):
            held.push(sound)
        self._still = 0 if far.any() else self._still + hop
        if self._still >= self._reach:
            self._signs[:] = self._scaled(_NOTHING_HEARD)
            self._unlike.clear()
            self._lately, self.now = 0.0, NearEnd()
            return self.now
        level, played = self._levels()
        self._expected = np.maximum(played, self._expected - _DECAY_DB * self._seconds)
        sounding = self._expected > -75
        echo = np.where(sounding, self._expected + self._echo, -100.0)
        over = level - np.maximum(np.maximum(echo, self._noise), _QUIET_DB)
        share = float(np.mean(over > _OVER_DB))
        left = _decibel(suppressed)
        loud = left > max(_LEFT_DB, self._floor + _OVER_FLOOR_DB)
        suspect = share >= _SUSPECT or loud
        self._follow(level, sounding, suspect, sure)
        if self._learned < _LEARNING_SECONDS:
            self._floor = max(self._floor, left)
        else:
            self._floor -= _FLOOR_FALL_DB * self._seconds * (left < self._floor)
        closely = share >= _WATCHED or left > _WATCHED_DB
        looks, self._moved = _ECHO_ONLY, self._moved + self._seconds
        if closely:
            known = spectrum_of(self._far.all)
            looks = self._likenesses(known)
            self._moved = 0.0 if self._is_elsewhere(place, known) else self._moved
        self._signs[:-1] = self._signs[1:]
        self._signs[-1] = self._scaled(
            (
                float(np.mean(over)),
                share,
                left,
                left - self._floor,
                *looks,
                *self._gone(),
            )
        )
        judged = sure and self._learned >= _LEARNING_SECONDS and self._moved >= _MOVED_HELD_SECONDS
        unlike = looks[0] < _ECHO_LIKE or (loud and looks[1] < _ECHO_LIKE_TONES)
        self._count(judged and unlike and suspect)
        count = self._unlike.count(True)
        firm = count >= _MANY_UNLIKE or (suspect and looks[0] < _CLEARLY_ECHO)
        most = _MOST_SECONDS if firm else _MOST_OF_A_SIGN if count >= _FEW_UNLIKE else 0.0
        self.now = NearEnd(min(self._certain(), most) if judged else 0.0, self._lately)
        return self.now

    def _count(self, unlike: bool) -> None:
        """Of what is loud and not the speaker's."""
        self._unlike.append(unlike)
        more = self._seconds if unlike else -_BREAK * self._seconds
        self._lately = min(max(self._lately + more, 0.0), _MOST_SECONDS)

    def _certain(self) -> float:
        """The log odds of a voice, as seconds of one."""
        short, long = self._signs[-_SHORT:].mean(axis=0), self._signs.mean(axis=0)
        odds = _BIAS + float(short @ self._short + long @ self._long)
        more = (odds - _FIRST_SIGN) / (_FIRM - _FIRST_SIGN)
        return min(max(_FIRST_SECONDS + more * (_FIRM_SECONDS - _FIRST_SECONDS), 0.0), _MOST_SECONDS)

    def _scaled(self, signs: Sequence[float]) -> np.ndarray:
        scaled: np.ndarray = np.clip((np.array(signs) - self._nothing) / self._range, 0, 1)
        return scaled

    def _likenesses(self, known: np.ndarray) -> tuple[float, ...]:
        """To the speaker's sound, of what both cancellers leave, and to themselves."""
        far, left = self._far.all, self._suppressed.all
        return (
            likeness(self._rest.last(self._held), far, self._rate, known=known)[1],
            likeness(left, far, self._rate, within_db=_TONES_WITHIN_DB, known=known)[1],
            likeness(left, far, self._rate, known=known)[1],
            self._periodicity(self._rest),
            self._periodicity(self._suppressed),
        )

    def _is_elsewhere(self, place: float, known: np.ndarray) -> bool:
        """Whether the microphone hears the speaker's sound, but later or sooner than it is known to."""
        scores, sharpness = likeness(self._near.all, self._far.all, self._rate, known=known)
        found = len(scores) - 1 - int(np.argmax(scores))
        return sharpness >= _MOVED and abs(found - place) > _MOVED_SECONDS * self._rate

    def _gone(self) -> tuple[float, float]:
        """By how much each canceller made the latest sound quieter, in dB."""
        count = 2 * round(self._seconds * self._rate)
        near = _decibel(self._near.last(count))
        return near - _decibel(self._rest.last(count)), near - _decibel(self._suppressed.last(count))

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

    def _periodicity(self, held: Latest) -> float:
        """How like itself the latest of a sound is, a pitch's period later."""
        sound = held.last(2 * len(self._window))
        size = 1 << (2 * len(sound) - 1).bit_length()
        power = np.abs(np.fft.rfft(sound, size)) ** 2
        power[: int(60 * size / self._rate)] = 0
        power[int(1500 * size / self._rate) :] = 0  # pitch and first formants
        alike = np.fft.irfft(power, size)
        shortest, longest = (round(self._rate / pitch) for pitch in reversed(_PITCHES))
        share = alike[shortest:longest] / (1 - np.arange(shortest, longest) / len(sound))
        return float(share.max() / (alike[0] + 1e-12))


def _decibel(sound: Pcm) -> float:
    return 10 * float(np.log10(np.mean(np.square(sound)) + 1e-10))
