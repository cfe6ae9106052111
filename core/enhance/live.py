"""Live: the small extender on onnxruntime, fast enough for a reply while it is spoken."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.audio.resample import Resampler
from core.enhance.base import (
    OUT_RATE,
    Enhancement,
    Enhancer,
    OnProgress,
    Progress,
    enhanced_length,
    ignore_progress,
)
from core.enhance.crossover import Crossover
from core.enhance.features import (
    HIGH_BINS,
    LOW_BINS,
    added_spectra,
    crossover_hz,
    loudness,
    phasors,
    told_limit,
)
from core.enhance.frames import BINS, HOP, Analysis, Synthesis
from core.errors import ModelError
from core.graph import Graph

_MOST_FRAMES = 100  # in one step of the graph: a second of sound


class LiveEnhancer(Enhancer):
    """The shipped extender: adds the band that is missing and leaves what is there alone."""

    name = "live"

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        self._graph = Graph(path, threads=threads)
        bins = self._graph.spec().get("extender", {})
        if bins != {"low_bins": LOW_BINS, "high_bins": HIGH_BINS}:
            raise ModelError(f"{path.name} is no extender of this version.", "Copy the model's folder again.")

    def begin(
        self, rate: int, limit_hz: float, seconds: float = 0.0, on_progress: OnProgress = ignore_progress
    ) -> LiveEnhancement:
        return LiveEnhancement(self._graph, rate, limit_hz, seconds, on_progress)


class LiveEnhancement(Enhancement):
    """One channel on its way to 48 kHz. `stream` gives what is ready, late by `delay_seconds`.

    `push` and `finish` give the same sound without the delay, and exactly as long as it should be.
    """

    def __init__(
        self, graph: Graph, rate: int, limit_hz: float, seconds: float, on_progress: OnProgress
    ) -> None:
        self._graph = graph
        self._state = graph.initial_state()
        self._rate = rate
        self._resampler = Resampler(rate, OUT_RATE)
        self._cut = crossover_hz(limit_hz)
        self._heard, self._bent, self._added = Analysis(), Analysis(), Synthesis()
        self._crossover = Crossover(self._cut, Synthesis.delay)
        self._held: Pcm = np.zeros(0, np.float32)
        self._late = Synthesis.delay + Crossover.delay  # samples still to be dropped
        self._taken = 0
        self._made = 0
        self.narrow = False
        """Whether nothing is added from now on, which costs next to nothing."""
        self._seconds = seconds
        self._began = time.monotonic()
        self._on_progress = on_progress

    @property
    def delay_seconds(self) -> float:
        """How much later the sound of `stream` comes than what was given to it."""
        return self._resampler.delay_seconds + (Synthesis.delay + Crossover.delay) / OUT_RATE

    def stream(self, pcm: Pcm) -> Pcm:
        """For live sound: whole hops as they become ready."""
        self._taken += len(pcm)
        return self._extend(self._resampler.push(pcm))

    def push(self, pcm: Pcm) -> Pcm:
        out = self._punctual(self.stream(pcm))
        self._report()
        return out

    def finish(self) -> Pcm:
        wanted = enhanced_length(self._taken, self._rate)
        last = self._punctual(self._extend(self._resampler.finish()))
        missing = wanted - self._made
        if missing > 0:
            silence = np.zeros(missing + self._late + Synthesis.delay + Crossover.delay + HOP, np.float32)
            last = np.concatenate((last, self._punctual(self._extend(silence))))
        self._report()
        return last[: len(last) - (self._made - wanted)]

    def _extend(self, sound: Pcm) -> Pcm:
        """As many whole hops as there are, at 48 kHz."""
        held = np.concatenate((self._held, sound))
        whole = len(held) // HOP * HOP
        ready, self._held = held[:whole], held[whole:]
        parts = [np.zeros(0, np.float32)]
        for start in range(0, whole, _MOST_FRAMES * HOP):
            parts.append(self._step(ready[start : start + _MOST_FRAMES * HOP]))
        return np.concatenate(parts)

    def _step(self, sound: Pcm) -> Pcm:
        if self.narrow:
            # what fades out of the last windows is still heard; the next ones begin anew
            self._heard, self._bent = Analysis(), Analysis()
            silence = np.zeros((len(sound) // HOP, BINS), np.complex64)
            return self._crossover.push(sound, self._added.push(silence))
        seen = loudness(self._heard.push(sound), self._cut)  # [T, LOW_BINS]
        told = np.full((len(seen), 1), told_limit(self._cut), np.float32)
        inputs = {
            "seen": np.concatenate((seen, told), axis=1)[None],
            "phasors": phasors(self._bent.push(np.abs(sound)))[None],
        }
        out, self._state = self._graph.step(inputs, self._state)
        added = self._added.push(added_spectra(out["spectrum"][0], BINS))
        return self._crossover.push(sound, added)

    def _punctual(self, sound: Pcm) -> Pcm:
        """Without the samples by which the sound is late."""
        dropped = min(self._late, len(sound))
        self._late -= dropped
        self._made += len(sound) - dropped
        return sound[dropped:]

    def _report(self) -> None:
        if self._seconds <= 0:
            return
        done = min(1.0, self._taken / self._rate / self._seconds)
        spent = time.monotonic() - self._began
        self._on_progress(Progress(done, spent / done * (1 - done) if done else None))
