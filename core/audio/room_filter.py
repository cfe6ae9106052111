"""RoomFilter: the way from the speaker to the microphone, learned while sound goes along it."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm

_TAIL_SECONDS = 0.32  # of echo that is learned
_FORGETTING = 0.9995  # of what is known about the room, for each step
_SMOOTHING = 0.9  # of the rest's spectrum, by which the filter knows when somebody talks
_CONSTRAINED_AT_ONCE = 4  # parts of the filter that are cut back to their length in one step, in turn
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
        self._turn = 0
        self._quiet = parts  # steps since the reference last sounded

    def push(self, near: Pcm, far: Pcm) -> tuple[Pcm, Pcm]:
        """One hop of the microphone and of the speaker: what is not echo, and the echo as predicted."""
        hop = self.hop
        sounding = float(np.mean(np.square(far))) > _SILENCE
        self._quiet = 0 if sounding else self._quiet + 1
        reference, self._before = np.concatenate((self._before, far)), far
        if self._quiet > len(self._room):
            return near, np.zeros(hop, np.float32)
        self._take_in(np.fft.rfft(reference))
        echo = np.fft.irfft(np.einsum("pf,pf->f", self._heard, self._room))[hop:].astype(np.float32)
        rest = near - echo
        self._learn(np.fft.rfft(np.concatenate((np.zeros(hop, np.float32), rest))))
        return rest, echo

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
        self._other = _SMOOTHING * self._other + (1 - _SMOOTHING) * np.abs(rest) ** 2
        expected = 0.5 * np.einsum("pf,pf->f", self._power, self._doubt) + self._other + 1e-6
        step = self._doubt / expected
        self._room += step * np.conj(self._heard) * rest
        forgotten = 1 - _FORGETTING**2
        self._doubt *= _FORGETTING**2 * np.maximum(1 - 0.5 * step * self._power, 0)
        self._doubt += forgotten * np.abs(self._room) ** 2 + 1e-9
        turn = np.arange(self._turn, self._turn + _CONSTRAINED_AT_ONCE) % len(self._room)
        self._turn = int(turn[-1]) + 1
        responses = np.fft.irfft(self._room[turn], axis=1)
        responses[:, self.hop :] = 0
        self._room[turn] = np.fft.rfft(responses, axis=1)
