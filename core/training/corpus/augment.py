"""Augment: what happens to a voice between a mouth and a program. Pure functions of sound and rng."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.errors import PalukuError
from core.training.corpus.rooms import in_room, measured_rooms, simulated_room, sounds_in
from core.training.corpus.take import resampled

Curve = Callable[[NDArray[Any]], NDArray[Any]]  # Hz -> gain
CODECS = ("mulaw", "opus", "mp3")


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """How often each thing happens to a voice, from 0 never to 1 always, and how strongly."""

    room: float = 0.4
    measured_room: float = 0.5  # of the rooms, how many are measured ones where there are any
    microphone: float = 0.3
    band: float = 0.1
    noise: float = 0.5
    noise_db: tuple[float, float] = (8.0, 35.0)  # signal to noise
    clip: float = 0.05
    codec: float = 0.1
    gain: float = 1.0
    gain_db: tuple[float, float] = (-12.0, 4.0)
    rooms: str = ""  # a folder of impulse responses
    noises: str = ""  # a folder of recorded noise

    def __post_init__(self) -> None:
        for name in ("room", "measured_room", "microphone", "band", "noise", "clip", "codec", "gain"):
            if not 0 <= getattr(self, name) <= 1:
                raise PalukuError(f"augment.{name} is a share from 0 to 1, not {getattr(self, name)}.")


@dataclass(slots=True)
class Augmenter:
    """A chain of mishaps on the way of the sound, each with its own chance."""

    config: AugmentConfig
    rate: int
    rooms: list[Pcm] = field(init=False)
    noises: list[Pcm] = field(init=False)

    def __post_init__(self) -> None:
        self.rooms = measured_rooms(Path(self.config.rooms), self.rate) if self.config.rooms else []
        self.noises = sounds_in(Path(self.config.noises), self.rate) if self.config.noises else []

    def __call__(self, pcm: Pcm, rng: np.random.Generator) -> tuple[Pcm, tuple[str, ...]]:
        """The changed sound, as long as before, and the names of what was done to it."""
        config, done = self.config, []
        if rng.random() < config.room:
            known = self.rooms and rng.random() < config.measured_room
            response = (
                self.rooms[int(rng.integers(len(self.rooms)))] if known else simulated_room(self.rate, rng)
            )
            pcm = in_room(pcm, response)
            done.append("room")
        if rng.random() < config.noise:
            pcm = noisy(pcm, rng, self.noises, *config.noise_db)
            done.append("noise")
        if rng.random() < config.microphone:
            pcm = microphone(pcm, self.rate, rng)
            done.append("microphone")
        if rng.random() < config.band:
            pcm = band_limited(pcm, self.rate, rng)
            done.append("band")
        if rng.random() < config.clip:
            pcm = clipped(pcm, rng)
            done.append("clip")
        if rng.random() < config.codec:
            pcm = coded(pcm, self.rate, CODECS[int(rng.integers(len(CODECS)))])
            done.append("codec")
        if rng.random() < config.gain:
            pcm = gained(pcm, rng, *config.gain_db)
            done.append("gain")
        return pcm, tuple(done)


def gained(pcm: Pcm, rng: np.random.Generator, low_db: float = -12.0, high_db: float = 4.0) -> Pcm:
    """Louder or softer, never above full scale."""
    wanted = 10 ** (rng.uniform(low_db, high_db) / 20)
    peak = float(np.abs(pcm).max()) if len(pcm) else 0.0
    return np.asarray(pcm * np.float32(min(wanted, 0.99 / max(peak, 1e-9))), np.float32)


def coloured_noise(samples: int, rng: np.random.Generator, slope: float) -> Pcm:
    """Noise whose power falls by f^-slope: 0 white, 1 pink, 2 brown."""
    if not samples:
        return np.zeros(0, np.float32)
    size = 1 << max(4, samples - 1).bit_length()
    shape = np.arange(1, size // 2 + 2, dtype=np.float64) ** (-slope / 2)
    spectrum = shape * (rng.standard_normal(size // 2 + 1) + 1j * rng.standard_normal(size // 2 + 1))
    sound = np.fft.irfft(spectrum, size)[:samples]
    return np.asarray(sound / max(float(np.std(sound)), 1e-12), np.float32)


def noisy(
    pcm: Pcm, rng: np.random.Generator, noises: Sequence[Pcm] = (), low_db: float = 8.0, high_db: float = 35.0
) -> Pcm:
    """With noise under it, recorded or coloured, at a random distance below the voice."""
    if noises and rng.random() < 0.5:
        noise = _piece_of(noises[int(rng.integers(len(noises)))], len(pcm), rng)
    else:
        noise = coloured_noise(len(pcm), rng, rng.uniform(0, 2))
    below = rng.uniform(low_db, high_db)
    voice = float(np.sqrt(np.mean(np.square(pcm, dtype=np.float64)))) if len(pcm) else 0.0
    loudness = max(float(np.sqrt(np.mean(np.square(noise, dtype=np.float64)))), 1e-9) if len(pcm) else 1.0
    floor = voice if voice > 1e-5 else 0.02
    return np.asarray(pcm + noise * np.float32(floor * 10 ** (-below / 20) / loudness), np.float32)


def microphone(pcm: Pcm, rate: int, rng: np.random.Generator) -> Pcm:
    """Through a cheap microphone: a smooth curve of up to some dB, and no deep bass."""
    centres = np.array([60, 150, 300, 600, 1200, 2400, 4800, 9600, 19200], np.float64)
    curve = np.cumsum(rng.normal(0, 2.0, len(centres)))
    curve -= curve.mean()
    low_cut = rng.uniform(30, 150)

    def gain(hz: NDArray[Any]) -> NDArray[Any]:
        smooth = np.interp(np.log2(np.maximum(hz, 20)), np.log2(centres), np.clip(curve, -12, 9))
        response: NDArray[Any] = 10 ** (smooth / 20) / np.sqrt(1 + (low_cut / np.maximum(hz, 1)) ** 4)
        return response

    return _filtered(pcm, rate, gain)


def tilted(pcm: Pcm, rate: int, db_per_octave: float) -> Pcm:
    """Brighter (above 0) or darker, around 1 kHz."""
    if abs(db_per_octave) < 0.05:
        return pcm
    return _filtered(pcm, rate, lambda hz: 10 ** (db_per_octave * np.log2(np.maximum(hz, 60) / 1000) / 20))


def band_limited(pcm: Pcm, rate: int, rng: np.random.Generator) -> Pcm:
    """Without the top, and at times without the bottom: telephones and old recordings."""
    high = rng.choice([3400.0, 4000.0, 5500.0, 7000.0, 8000.0])
    low = 300.0 if rng.random() < 0.3 else 50.0
    return _filtered(
        pcm, rate, lambda hz: 1 / np.sqrt((1 + (hz / high) ** 24) * (1 + (low / np.maximum(hz, 1)) ** 8))
    )


def clipped(pcm: Pcm, rng: np.random.Generator) -> Pcm:
    """Cut off at the loudest moments, softly or hard."""
    peak = float(np.abs(pcm).max()) if len(pcm) else 0.0
    if peak < 1e-6:
        return pcm
    limit = peak * rng.uniform(0.25, 0.8)
    cut = np.tanh(pcm / limit) * limit if rng.random() < 0.5 else np.clip(pcm, -limit, limit)
    return np.asarray(cut, np.float32)


def coded(pcm: Pcm, rate: int, codec: str) -> Pcm:
    """There and back through a lossy codec: "mulaw" at 8 kHz, "opus" or "mp3" where libsndfile has them."""
    if not len(pcm):
        return pcm
    if codec == "mulaw":
        narrow = np.clip(resampled(pcm, rate, 8000), -1, 1)
        squeezed = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
        back = np.sign(squeezed) * np.expm1(np.abs(squeezed) * np.log(256)) / 255
        return _fitted(resampled(back.astype(np.float32), 8000, rate), len(pcm))
    import soundfile

    format, subtype = {"opus": ("OGG", "OPUS"), "mp3": ("MP3", "MPEG_LAYER_III")}[codec]
    if not soundfile.check_format(format, subtype):
        return pcm
    packed = io.BytesIO()
    peak = max(1.0, float(np.abs(pcm).max()))
    soundfile.write(packed, pcm / peak, rate, format=format, subtype=subtype)
    packed.seek(0)
    back, back_rate = soundfile.read(packed, dtype="float32")
    return _fitted(resampled(back * np.float32(peak), back_rate, rate), len(pcm))


def faster(pcm: Pcm, factor: float) -> Pcm:
    """Played `factor` times faster: shorter, and higher."""
    return resampled(pcm, 1000 * factor, 1000)


def _filtered(pcm: Pcm, rate: int, gain: Curve) -> Pcm:
    if not len(pcm):
        return pcm
    size = (
        1 << (len(pcm) + 2048).bit_length()
    )  # room for the tails, so that the end does not wrap to the start
    spectrum = np.fft.rfft(pcm, size) * gain(np.fft.rfftfreq(size, 1 / rate))
    return np.asarray(np.fft.irfft(spectrum, size)[: len(pcm)], np.float32)


def _piece_of(noise: Pcm, samples: int, rng: np.random.Generator) -> Pcm:
    start = int(rng.integers(max(1, len(noise) - samples)))
    piece = noise[start : start + samples]
    return np.resize(piece, samples) if len(piece) < samples else piece


def _fitted(pcm: Pcm, samples: int) -> Pcm:
    return np.pad(pcm, (0, max(0, samples - len(pcm))))[:samples]
