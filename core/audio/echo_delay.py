"""EchoDelay: how long after the speaker the microphone hears its sound, found in the sound itself."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm

EARLIEST_SECONDS, LATEST_SECONDS = -0.1, 0.7  # that an echo may come after its reference
LOOK_SECONDS = 0.5  # between two measurements
_WINDOW_SECONDS = 1.5  # of the microphone that are compared
_BAND = (250.0, 4000.0)
_CERTAIN = 9.0  # a peak so many times as high as the noise beside it
_SILENCE = 1e-7  # mean square of a reference that says nothing


class EchoDelay:
    """A measurement of the echo's delay, to a fraction of a sample, whenever there is enough of it."""

    def __init__(self, sample_rate: int) -> None:
        self._rate = sample_rate
        self._window = round(_WINDOW_SECONDS * sample_rate)
        self._first, self._last = round(EARLIEST_SECONDS * sample_rate), round(LATEST_SECONDS * sample_rate)
        held = self._window + self._last - self._first
        self._near: Pcm = np.zeros(held, np.float32)
        self._far: Pcm = np.zeros(held, np.float32)
        self._since_look = 0
        self._pieces: list[tuple[Pcm, Pcm]] = []  # since the last look
        self.age = self._window / 2 - self._first
        """How many samples ago the delay was as it is told, on the average."""

    def push(self, near: Pcm, far: Pcm) -> float | None:
        """The next sound of both; the delay in samples, each half second in which it can be told."""
        self._pieces.append((near, far))
        self._since_look += len(near)
        if self._since_look < LOOK_SECONDS * self._rate:
            return None
        self._since_look = 0
        near, far = (np.concatenate(sounds) for sounds in zip(*self._pieces, strict=True))
        self._pieces.clear()
        self._near = np.concatenate((self._near, near))[-len(self._near) :]
        self._far = np.concatenate((self._far, far))[-len(self._far) :]
        return self._measure()

    def forget(self) -> None:
        """Begin anew: what was heard before belongs to another alignment."""
        self._near[:], self._far[:] = 0, 0
        self._pieces.clear()

    def _measure(self) -> float | None:
        # The window of the microphone lies so that every delay looked for is within the reference held.
        begin = len(self._near) - self._window + self._first
        near = self._near[begin : begin + self._window]
        if float(np.mean(np.square(self._far[-self._window :]))) < _SILENCE or not near.any():
            return None
        scores, sharpness = likeness(near, self._far, self._rate)
        # `scores[k]`: the microphone's window is like the reference from k on; a delay is begin - k.
        scores = scores[: begin - self._first + 1][::-1][: self._last - self._first + 1]
        if sharpness < _CERTAIN:
            return None
        at = int(np.argmax(scores))
        return self._first + at + _between(scores, at)


def spectrum_of(whole: Pcm) -> np.ndarray:
    """The spectrum of a sound with which several others are compared."""
    return np.asarray(np.fft.rfft(whole, 1 << (len(whole) - 1).bit_length()))


def likeness(
    part: Pcm, whole: Pcm, rate: int, *, within_db: float | None = None, known: np.ndarray | None = None
) -> tuple[np.ndarray, float]:
    """How like `part` is to `whole` from each place on, every pitch alike; and the peak over its noise.

    With `within_db` only those pitches of the part count that are as loud as its loudest but for so much.
    `known` is the spectrum of the whole, where it was asked for already.
    """
    size = 1 << (len(whole) - 1).bit_length()
    spectrum = np.fft.rfft(part, size)
    cross = (spectrum_of(whole) if known is None else known) * np.conj(spectrum)
    hertz = np.fft.rfftfreq(size, 1 / rate)
    weight = (hertz > _BAND[0]) & (hertz < _BAND[1])
    if within_db is not None:
        loudness = np.abs(spectrum)
        weight &= loudness > 10 ** (-within_db / 20) * float(loudness[weight].max())
    cross *= weight / np.maximum(np.abs(cross), 1e-12)
    scores = np.fft.irfft(cross, size)[: len(whole) - len(part) + 1]
    noise = float(np.sqrt(np.mean(np.square(scores)))) + 1e-12
    return scores, float(scores.max()) / noise


def _between(scores: np.ndarray, at: int) -> float:
    """Where the peak lies between the samples beside it, by a parabola."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    left, middle, right = (float(scores[at + step]) for step in (-1, 0, 1))
    bend = left - 2 * middle + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0
