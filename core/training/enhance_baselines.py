"""Baselines of super-resolution: resampling alone, and copies of the low band moved upwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.resample import Resampler
from core.enhance.base import OUT_RATE, enhanced_length
from core.enhance.crossover import Crossover
from core.enhance.features import LAST_HIGH, crossover_hz
from core.enhance.frames import BIN_HZ, BINS, HOP, Analysis, Spectra, Synthesis
from core.training.enhance_material import Clip

_FITTED_CLIPS = 60
_ROOM_HZ = 1_500.0
_FLOOR = 1e-4


def resampled_only(pcm: Pcm, rate: int) -> Pcm:
    """The sound at 48 kHz with nothing added."""
    resampler = Resampler(rate, OUT_RATE)
    return np.concatenate((resampler.push(pcm), resampler.finish()))


class BandReplication:
    """The upper half of the low band, copied upwards again and again.

    Each copy is as loud as speech is on average there: the mean difference between truth and copy, fitted
    for every bin to the voices that the extender learned from.
    """

    def __init__(self, limit_hz: float, clips: Sequence[Clip]) -> None:
        self._crossover = crossover_hz(limit_hz)
        self._first = int(np.ceil(self._crossover / BIN_HZ))
        width = self._first // 2
        self._targets = np.arange(self._first, LAST_HIGH + 1)
        self._sources = self._first - width + (self._targets - self._first) % width
        self._gain = self._fitted([clip for clip in clips if clip.limit_hz > limit_hz + _ROOM_HZ])

    def __call__(self, pcm: Pcm, rate: int) -> Pcm:
        sound = resampled_only(pcm, rate)
        length = enhanced_length(len(pcm), rate)
        analysis, synthesis = Analysis(), Synthesis()
        crossover = Crossover(self._crossover, Synthesis.delay)
        late = Synthesis.delay + Crossover.delay
        padded = np.pad(sound, (0, late + HOP - (len(sound) + late) % HOP))
        added = synthesis.push(self._copied(analysis.push(padded)))
        return crossover.push(padded, added)[late : late + length]

    def _copied(self, spectra: Spectra) -> Spectra:
        high = np.zeros((len(spectra), BINS), np.complex64)
        high[:, self._targets] = spectra[:, self._sources] * self._gain
        return high

    def _fitted(self, clips: Sequence[Clip]) -> NDArray[np.float32]:  # [targets]
        """What to multiply each copied bin by. Bins above every voice's limit get nothing."""
        total = np.zeros(len(self._targets))
        frames = np.zeros(len(self._targets))
        for clip in clips[:: max(1, len(clips) // _FITTED_CLIPS)]:
            spectra = Analysis().push(clip.pcm[: len(clip.samples) // HOP * HOP])
            logs = np.log(np.maximum(np.abs(spectra), _FLOOR))
            known = self._targets * BIN_HZ < clip.limit_hz
            total += known * (logs[:, self._targets] - logs[:, self._sources]).sum(axis=0)
            frames += known * len(logs)
        mean = np.where(frames > 0, total / np.maximum(frames, 1), -np.inf)
        return np.exp(mean).astype(np.float32)
