"""Rooms: what a room does to a voice, measured or worked out from its walls."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.errors import AudioFileError
from core.training.corpus.take import resampled

SOUND_SPEED = 343.0  # m/s
LONGEST_SECONDS = 0.8
HIGHEST_ORDER = 9


def measured_rooms(folder: Path, rate: int) -> list[Pcm]:
    """The impulse responses in a folder, at a rate, each beginning just before its direct sound."""
    return [_from_direct_sound(pcm, rate) for pcm in sounds_in(folder, rate)]


def sounds_in(folder: Path, rate: int) -> list[Pcm]:
    """Every sound file of a folder, in the order of their names, as mono at a rate."""
    import soundfile

    found = []
    for path in sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in (".wav", ".flac", ".ogg", ".opus")
    ):
        try:
            pcm, own_rate = soundfile.read(path, dtype="float32", always_2d=True)
        except (OSError, RuntimeError) as error:
            raise AudioFileError(
                f"{path.name} cannot be read as sound: {error}", "Repair it or take it away."
            ) from error
        found.append(resampled(np.ascontiguousarray(pcm[:, 0]), own_rate, rate))
    if not found:
        raise AudioFileError(
            f"There is no sound file in {folder}.", "Name a folder with .wav or .flac files."
        )
    return found


def simulated_room(rate: int, rng: np.random.Generator) -> Pcm:
    """A shoebox room of random size and walls: every reflection as a mirrored source."""
    size = rng.uniform((2.2, 2.2, 2.3), (8.0, 7.0, 3.6))
    speaker, microphone = (rng.uniform(0.15, 0.85, 3) * size for _ in range(2))
    reflection = rng.uniform(0.45, 0.85)
    orders = np.arange(-HIGHEST_ORDER, HIGHEST_ORDER + 1)
    grids = []
    bounces = []
    for axis in range(3):
        # even orders keep the source's side of the wall, odd ones mirror it
        mirrored = np.where(orders % 2 == 0, speaker[axis], size[axis] - speaker[axis])
        grids.append(orders * size[axis] + mirrored - microphone[axis])
        bounces.append(np.abs(orders))
    squared = grids[0][:, None, None] ** 2 + grids[1][None, :, None] ** 2 + grids[2][None, None, :] ** 2
    count = bounces[0][:, None, None] + bounces[1][None, :, None] + bounces[2][None, None, :]
    distance = np.sqrt(squared).ravel()
    distance *= 1 + 0.01 * rng.standard_normal(distance.size) * (count.ravel() > 0)  # no wall is quite flat
    strength = reflection ** count.ravel() / np.maximum(distance, 0.3)
    position = distance / SOUND_SPEED * rate
    length = int(LONGEST_SECONDS * rate)
    kept = position < length - 1
    first = position[kept].astype(np.int64)
    fraction = position[kept] - first
    response = np.bincount(first, strength[kept] * (1 - fraction), length + 1)
    response += np.bincount(first + 1, strength[kept] * fraction, length + 1)
    return _from_direct_sound(response.astype(np.float32), rate)


def in_room(pcm: Pcm, response: Pcm) -> Pcm:
    """A voice in a room, as long as before and in step with the dry one."""
    size = 1 << (len(pcm) + len(response) - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(pcm, size) * np.fft.rfft(response, size), size)[: len(pcm)]
    loudness = float(np.sqrt(np.mean(np.square(wet)))) if len(wet) else 0.0
    dry = float(np.sqrt(np.mean(np.square(pcm, dtype=np.float64)))) if len(pcm) else 0.0
    return np.asarray(wet * (dry / loudness if loudness > 1e-9 else 1.0), np.float32)


def _from_direct_sound(response: Pcm, rate: int) -> Pcm:
    direct = int(np.argmax(np.abs(response)))
    cut = response[direct:][: int(LONGEST_SECONDS * rate)]
    return np.asarray(cut / max(float(np.abs(cut).max()), 1e-9), np.float32)
