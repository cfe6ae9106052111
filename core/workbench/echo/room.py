"""Room: the way from a loudspeaker to a microphone, worked out from walls or measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.training.corpus.rooms import SOUND_SPEED, in_room, sounds_in

_DIRECT_LEAD = 32  # samples of a response before its direct sound: a band-limited pulse begins early
_SINC_HALF = 16  # taps on each side of a reflection that falls between two samples
_PEAK_BEFORE = 0.002  # seconds of a measured response that are kept before its strongest sound


@dataclass(frozen=True)
class Room:
    """How a sound arrives: its response, and the time that the sound decays by 60 dB in."""

    name: str
    response: Pcm = field(repr=False)
    rt60: float


def shoebox(rate: int, rt60: float, distance: float, rng: np.random.Generator) -> Room:
    """A room of random size that decays in `rt60` seconds; every reflection is a mirrored source."""
    size = rng.uniform((2.8, 2.6, 2.3), (6.0, 5.0, 3.2))
    volume, area = size.prod(), 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    absorbed = 1 - np.exp(-24 * np.log(10) * volume / (SOUND_SPEED * area * rt60))  # Eyring
    reflection = np.sqrt(1 - absorbed)
    microphone = rng.uniform(0.3, 0.7, 3) * size
    direction = rng.standard_normal(3)
    speaker = microphone + distance * direction / np.linalg.norm(direction)
    speaker = np.clip(speaker, 0.1, size - 0.1)
    length = int(min(0.8, 1.2 * rt60) * rate)
    reach = length / rate * SOUND_SPEED
    grids, bounces = [], []
    for axis in range(3):
        most = int(np.ceil(reach / size[axis]))
        orders = np.arange(-most, most + 1)
        mirrored = np.where(orders % 2 == 0, speaker[axis], size[axis] - speaker[axis])
        grids.append(orders * size[axis] + mirrored - microphone[axis])
        bounces.append(np.abs(orders))
    squared = grids[0][:, None, None] ** 2 + grids[1][None, :, None] ** 2 + grids[2][None, None, :] ** 2
    count = (bounces[0][:, None, None] + bounces[1][None, :, None] + bounces[2][None, None, :]).ravel()
    far = np.sqrt(squared).ravel()
    near_enough = far < reach
    far, count = far[near_enough], count[near_enough]
    far = far * (1 + 0.01 * rng.standard_normal(far.size) * (count > 0))  # no wall is quite flat
    # Each wall turns some reflections over: without that their sum has a bias no room has.
    strength = reflection**count / np.maximum(far, 0.05) * np.where(rng.random(far.size) < 0.3, -1, 1)
    strength = np.where(count == 0, np.abs(strength), strength)
    return Room(f"shoebox {rt60:.1f} s", _pulses(far / SOUND_SPEED * rate, strength, length), rt60)


def measured(folder: Path, rate: int) -> list[Room]:
    """The responses of a folder that are rooms, loudest sound first."""
    rooms = []
    for path, pcm in zip(sorted(folder.glob("*.flac")), sounds_in(folder, rate), strict=True):
        peak = int(np.argmax(np.abs(pcm)))
        cut = pcm[max(0, peak - round(_PEAK_BEFORE * rate)) :][: int(0.8 * rate)]
        rooms.append(
            Room(path.stem, np.asarray(cut / np.abs(cut).max(), np.float32), decay_seconds(cut, rate))
        )
    return rooms


def decay_seconds(response: Pcm, rate: int) -> float:
    """The time of 60 dB, from the slope between 5 and 25 dB down (Schroeder's backward integral)."""
    energy = np.cumsum(np.square(response[::-1], dtype=np.float64))[::-1]
    level = 10 * np.log10(energy / energy[0] + 1e-12)
    begin, end = int(np.argmax(level < -5)), int(np.argmax(level < -25))
    return round(3 * (end - begin) / rate, 3) if end > begin else 0.0


def heard_in(pcm: Pcm, room: Room) -> Pcm:
    """A voice in a room, as loud as before."""
    return in_room(pcm, room.response)


def _pulses(places: np.ndarray, strengths: np.ndarray, length: int) -> Pcm:
    """Pulses at places between the samples, band-limited."""
    response = np.zeros(length + 2 * _SINC_HALF + _DIRECT_LEAD)
    whole = np.floor(places).astype(np.int64)
    fraction = places - whole
    for tap in range(-_SINC_HALF + 1, _SINC_HALF + 1):
        at = tap - fraction
        weight = np.sinc(at) * np.cos(np.pi * at / (2 * _SINC_HALF)) ** 2
        response += np.bincount(whole + tap + _DIRECT_LEAD, strengths * weight, len(response))[
            : len(response)
        ]
    return np.asarray(response / np.abs(response).max(), np.float32)
