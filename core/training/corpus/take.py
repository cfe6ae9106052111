"""Take: one spoken sentence with the times of its phonemes and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import soxr

from core.audio.base import Pcm


@dataclass(frozen=True, slots=True)
class Mark:
    """A phoneme or a word, and when it sounds, in seconds."""

    name: str
    start: float
    end: float

    def scaled(self, factor: float) -> Mark:
        return Mark(self.name, self.start * factor, self.end * factor)

    def shifted(self, seconds: float) -> Mark:
        """Later by so much, but never before the beginning."""
        return Mark(self.name, max(0.0, self.start + seconds), max(0.0, self.end + seconds))


def marks_from_starts(starts: Iterable[tuple[str, float]], end: float) -> tuple[Mark, ...]:
    """Marks where each one lasts until the next begins; an unnamed one is a pause and is left out."""
    found = list(starts)
    ends = [start for _, start in found[1:]] + [end] if found else []
    return tuple(
        Mark(name, start, stop)
        for (name, start), stop in zip(found, ends, strict=True)
        if name and stop > start
    )


@dataclass(frozen=True, slots=True)
class Take:
    """One spoken sentence: its sound, its text, and where its phonemes and words lie."""

    pcm: Pcm
    rate: int
    text: str = ""
    phonemes: tuple[Mark, ...] = ()
    words: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.pcm) / self.rate

    def at_rate(self, rate: int) -> Self:
        """The same sound at another sample rate."""
        if rate == self.rate:
            return self
        return replace(self, pcm=resampled(self.pcm, self.rate, rate), rate=rate)

    def in_a_smaller_head(self, factor: float) -> Self:
        """Played `factor` times faster: formants and pitch rise, time shrinks. Below 1 the head grows."""
        if abs(factor - 1.0) < 1e-3:
            return self
        pcm = resampled(self.pcm, self.rate * factor, self.rate)
        return self.with_sound(pcm, slower=1.0 / factor)

    def with_sound(self, pcm: Pcm, *, slower: float = 1.0) -> Self:
        """Other sound for the same sentence; `slower` says by how much its time was stretched."""
        return replace(
            self,
            pcm=pcm,
            phonemes=tuple(mark.scaled(slower) for mark in self.phonemes),
            words=tuple(mark.scaled(slower) for mark in self.words),
        )

    def trimmed(self, margin: float = 0.1) -> Self:
        """Without the silence before the first and after the last phoneme, but for a margin."""
        if not self.phonemes:
            return self
        begin = max(0.0, self.phonemes[0].start - margin)
        end = min(self.seconds, self.phonemes[-1].end + margin)
        first, last = round(begin * self.rate), round(end * self.rate)
        return replace(
            self,
            pcm=self.pcm[first:last],
            phonemes=tuple(mark.shifted(-begin) for mark in self.phonemes),
            words=tuple(mark.shifted(-begin) for mark in self.words),
        )


def resampled(pcm: Pcm, rate: float, wanted: float) -> Pcm:
    """The sound at another rate, in high quality."""
    if rate == wanted or not len(pcm):
        return pcm
    return np.asarray(soxr.resample(pcm, rate, wanted, quality="HQ"), np.float32)


def levelled(pcm: Pcm, loudness_db: float = -23.0, peak: float = 0.95) -> Pcm:
    """At the wanted loudness: the RMS of its louder part, with the peak kept below full scale."""
    if not len(pcm):
        return pcm
    hop = 480
    frames = pcm[: len(pcm) // hop * hop].reshape(-1, hop) if len(pcm) >= hop else pcm[None]
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    active = power[power >= 0.02 * power.max()]
    rms = float(np.sqrt(active.mean())) if power.max() > 0 else 0.0
    if rms < 1e-7:
        return pcm
    gain = min(10 ** (loudness_db / 20) / rms, peak / float(np.abs(pcm).max()))
    return np.asarray(pcm * np.float32(gain), np.float32)
