"""RoomFilter: the way from the speaker to the microphone, learned while sound goes along it."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm

_TAIL_SECONDS = 0.32  # of echo that is learned
_FORGETTING = 0.9995  # of what is known about the room, for each step
_SMOOTHING = 0.97  # of the rest's spectrum, by which the filter knows when somebody talks
_AT_ONCE = 0.4  # of the newest spectrum that counts before it is smoothed: a voice begins suddenly
_SILENCE = 1e-9  # mean square of a reference that can leave no echo
_ROOM = 4  # times the spectra that count


class RoomFilter:
    """A linear filter that predicts the echo: Kalman's, in partitions of the spectrum, one hop a step.

    It weighs each step by how sure it is of the room and how loud everything else is, so that
    somebody who talks over the echo neither spoils what it knows nor is touched by it.
    """

    def __init__(self, sample_rate: int, hop: int) -> None:
        self.hop = hop
        parts = max(2, round(_TAIL_SECONDS * sample_rate / hop))
        bins = hop + 1
        # Spectra of the reference, newest first, from `_newest` on: no step moves them all.
        self._spectra = np.zeros((_ROOM * parts, bins), np.complex64)
        self._powers = np.zeros((_ROOM * parts, bins), np.float32)
        self._newest = (_ROOM - 1) * parts
        self._room = np.zeros((parts, bins), np.complex64)
        decay = np.exp(-np.arange(parts) * hop / sample_rate / 0.15)
        self._doubt = np.broadcast_to(decay[:, None], (parts, bins)).astype(np.float32)
        self._other = np.full(bins, 1e-4 * hop, np.float32)
        self._before: Pcm = np.zeros(hop, np.float32)
        self._quiet = parts  # steps since the reference last sounded

    def push(self, near: Pcm, far: Pcm) -> Pcm:
        """One hop of the microphone and of the speaker: what is not echo, by what this hop taught, too."""
        hop = self.hop
        sounding = float(np.mean(np.square(far))) > _SILENCE
        self._quiet = 0 if sounding else self._quiet + 1
        reference, self._before = np.concatenate((self._before, far)), far
        if self._quiet > len(self._room):
            return near
        self._take_in(np.fft.rfft(reference))
        foretold = near - self._echo()
        self._learn(np.fft.rfft(np.concatenate((np.zeros(hop, np.float32), foretold))))
        return near - self._echo()

    def _echo(self) -> Pcm:
        """The latest hop of the reference, as the microphone is expected to hear it."""
        spectrum = np.einsum("pf,pf->f", self._heard, self._room)
        echo: Pcm = np.fft.irfft(spectrum)[self.hop :].astype(np.float32)
        return echo

    @property
    def _heard(self) -> np.ndarray:
        return self._spectra[self._newest : self._newest + len(self._room)]

    @property
    def _power(self) -> np.ndarray:
        return self._powers[self._newest : self._newest + len(self._room)]

    def _take_in(self, spectrum: np.ndarray) -> None:
        if self._newest == 0:
            parts = len(self._room)
            self._spectra[-parts:], self._powers[-parts:] = self._heard, self._power
            self._newest = len(self._spectra) - parts
        self._newest -= 1
        self._spectra[self._newest] = spectrum
        self._powers[self._newest] = np.abs(spectrum) ** 2

    def _learn(self, rest: np.ndarray) -> None:
        power = np.abs(rest) ** 2
        self._other = _SMOOTHING * self._other + (1 - _SMOOTHING) * power
        other = np.maximum(self._other, _AT_ONCE * power)
        expected = 0.5 * np.einsum("pf,pf->f", self._power, self._doubt) + other + 1e-6
        step = self._doubt / expected
        self._room += step * np.conj(self._heard) * rest
        forgotten = 1 - _FORGETTING**2
        self._doubt *= _FORGETTING**2 * np.maximum(1 - 0.5 * step * self._power, 0)
        self._doubt += forgotten * np.abs(self._room) ** 2 + 1e-9
        responses = np.fft.irfft(self._room, axis=1)
        responses[:, self.hop :] = 0  # each part is as long as a hop
        self._room[:] = np.fft.rfft(responses, axis=1)
