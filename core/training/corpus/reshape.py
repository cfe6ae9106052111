"""Reshape: takes a voice apart with WORLD and puts it together as another person in another mood."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import PalukuError
from core.extra import how_to_add
from core.training.corpus.emotions import Emotion
from core.training.corpus.speakers import Speaker
from core.training.corpus.take import Take

STEP_MS = 5.0
LOWEST_HZ, HIGHEST_HZ = 55.0, 600.0
TREMOR_HZ = 5.5
PIVOT_HZ = 1000.0
DEEPEST_BAND_HZ = 60.0


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A take in WORLD's three parts: pitch, spectral envelope and aperiodicity."""

    take: Take
    pitch: NDArray[np.float64]  # [T] Hz, 0 where unvoiced
    envelope: NDArray[np.float64]  # [T, F] power
    aperiodicity: NDArray[np.float64]  # [T, F] 0 to 1

    def spoken_by(self, speaker: Speaker, emotion: Emotion) -> Take:
        """The same sentence in another voice and mood."""
        frequencies = np.linspace(0, self.take.rate / 2, self.envelope.shape[1])
        pitch = self._melody(speaker.pitch, speaker.spread * emotion.spread, emotion.pitch, emotion.tremor)
        tilt_db = (speaker.tilt + emotion.tilt) * np.log2(np.maximum(frequencies, DEEPEST_BAND_HZ) / PIVOT_HZ)
        formants = speaker.formants * emotion.formants
        envelope = _warped(self.envelope, formants) * 10 ** ((tilt_db + emotion.energy) / 10)
        breath = min(1.0, speaker.breath + emotion.breath)
        # breath is heard from about 1.5 kHz up; low harmonics stay whole until the voice is nearly a whisper
        airy = breath / (1 + np.exp(-(frequencies - 1500 * (1.5 - breath)) / 600))
        noise = np.maximum(_warped(self.aperiodicity, formants), np.sqrt(airy))
        parts = (np.ascontiguousarray(part) for part in (pitch, envelope, np.clip(noise, 0, 1)))
        pcm = _world().synthesize(*parts, self.take.rate, STEP_MS / emotion.rate)
        return self.take.with_sound(np.asarray(pcm, np.float32), slower=1 / emotion.rate)

    def _melody(self, middle: float, spread: float, semitones: float, tremor: float) -> NDArray[np.float64]:
        voiced = self.pitch > 0
        if not voiced.any():
            return self.pitch
        swing = np.zeros_like(self.pitch)
        swing[voiced] = 12 * np.log2(self.pitch[voiced] / np.median(self.pitch[voiced]))
        time = np.arange(len(self.pitch)) * STEP_MS / 1000
        moved = np.clip(swing * spread, -14, 14) + semitones + tremor * np.sin(2 * np.pi * TREMOR_HZ * time)
        return np.where(voiced, np.clip(middle * 2 ** (moved / 12), LOWEST_HZ, HIGHEST_HZ), 0.0)


def dissected(take: Take) -> Anatomy:
    """Take a voice apart. Costs about 6 % of the time that the sentence lasts."""
    world = _world()
    pcm = np.ascontiguousarray(take.pcm, np.float64)
    rough, times = world.dio(pcm, take.rate, f0_floor=LOWEST_HZ, f0_ceil=HIGHEST_HZ, frame_period=STEP_MS)
    pitch = world.stonemask(pcm, rough, times, take.rate)
    envelope = world.cheaptrick(pcm, pitch, times, take.rate, f0_floor=71.0)
    size = (envelope.shape[1] - 1) * 2
    # aperiodicity is the dear part and moves slowly: every other frame will do
    sparse = world.d4c(pcm, pitch[::2].copy(), times[::2].copy(), take.rate, fft_size=size)
    aperiodicity = np.repeat(sparse, 2, axis=0)[: len(pitch)]
    aperiodicity[pitch == 0] = 1.0
    return Anatomy(take, pitch, envelope, aperiodicity)


def _warped(spectrum: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    """The envelope with everything at `factor` times its frequency; the top is held."""
    if abs(factor - 1) < 1e-3:
        return spectrum
    bins = spectrum.shape[1]
    source = np.minimum(np.arange(bins) / factor, bins - 1)
    below = np.minimum(source.astype(np.int64), bins - 2)
    weight = source - below
    return np.ascontiguousarray(spectrum[:, below] * (1 - weight) + spectrum[:, below + 1] * weight)


def _world() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks an old part of setuptools for its own version
            import pyworld
    except ImportError as error:
        raise PalukuError(
            f"WORLD, which reshapes the named voices, cannot be loaded: {error}.",
            how_to_add("train"),
        ) from error
    return pyworld
