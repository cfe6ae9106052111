"""Files: a sound file of any length, rate and number of channels, enhanced into a WAV file of 48 kHz."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.resample import Resampler
from core.enhance.band import BandMeter
from core.enhance.base import OUT_RATE, Enhancement, Enhancer, OnProgress, Progress, ignore_progress
from core.errors import AudioFileError, StorageError

FULL_BAND_HZ = 19_000.0  # what reaches this high needs nothing

_BLOCK_SECONDS = 1.0
_MARK = "Enhanced by Paluku"
_LARGEST_WAV = 4_000_000_000
_LOWEST_RATE, _HIGHEST_RATE = 4_000, 768_000


@dataclass(frozen=True, slots=True)
class Enhanced:
    """What was done to a file."""

    engine: str
    seconds: float
    real_time_factor: float  # seconds of computing for a second of sound
    limit_hz: float  # up to which the file held anything
    added: bool  # whether there was a band to add
    channels: int


class Untouched(Enhancement):
    """A sound that is full band already: it only changes its rate."""

    def __init__(self, rate: int) -> None:
        self._resampler = Resampler(rate, OUT_RATE)

    def push(self, pcm: Pcm) -> Pcm:
        return self._resampler.push(pcm)

    def finish(self) -> Pcm:
        return self._resampler.finish()


def enhance_file(
    source: Path, target: Path, enhancer: Enhancer, on_progress: OnProgress = ignore_progress
) -> Enhanced:
    """Enhance a file. The target appears when it is whole; a cancelled run leaves nothing behind."""
    began = time.monotonic()
    with _reading(source) as file:
        rate, seconds = int(file.samplerate), file.frames / file.samplerate
        limit = _limit(file, source)
        file.seek(0)
        missing = limit < FULL_BAND_HZ
        streams: list[Enhancement] = []
        parts = [Progress(0.0, None)] * file.channels
        for channel in range(file.channels):
            share = _Share(on_progress, channel, parts)
            streams.append(enhancer.begin(rate, limit, seconds, share) if missing else Untouched(rate))
        with _writing(target, file, f"{_MARK} ({enhancer.name} engine)" if missing else "") as out:
            for block in _blocks(file, source):  # [T, channels]
                _write(out, [stream.push(block[:, i]) for i, stream in enumerate(streams)], target)
            _write(out, [stream.finish() for stream in streams], target)
        on_progress(Progress(1.0, 0.0))
        spent = time.monotonic() - began
        return Enhanced(enhancer.name, seconds, spent / seconds, limit, missing, file.channels)


def is_enhanced(path: Path) -> bool:
    """Whether a file bears the mark of having been enhanced."""
    with _reading(path) as file:
        return str(file.comment or "").startswith(_MARK)


class _Share:
    """One channel's part of the progress: the channels go on side by side, and all parts count."""

    def __init__(self, on_progress: OnProgress, channel: int, parts: list[Progress]) -> None:
        self._on_progress = on_progress
        self._channel = channel
        self._parts = parts

    def __call__(self, progress: Progress) -> None:
        self._parts[self._channel] = progress
        left = [part.seconds_left for part in self._parts if part.seconds_left is not None]
        done = sum(part.done for part in self._parts) / len(self._parts)
        # each channel's guess counts the time that the others take from it
        self._on_progress(Progress(done, max(left) if left else None))


def _limit(file: Any, path: Path) -> float:
    """The highest frequency that any channel holds."""
    meters = [BandMeter(file.samplerate) for _ in range(file.channels)]
    for block in _blocks(file, path):
        for channel, meter in enumerate(meters):
            meter.push(block[:, channel])
    return max(meter.limit_hz() for meter in meters)


def _blocks(file: Any, path: Path) -> Iterator[NDArray[np.float32]]:
    """The file in pieces of about a second; [T, channels]."""
    size = max(1, round(file.samplerate * _BLOCK_SECONDS))
    while True:
        try:
            block = file.read(size, dtype="float32", always_2d=True)
        except (RuntimeError, OSError) as error:
            raise AudioFileError(
                f"{path} is damaged and cannot be read to its end.", "Convert it first."
            ) from error
        if not len(block):
            return
        if not np.isfinite(block).all():
            raise AudioFileError(
                f"{path} holds values that are no sound (NaN or infinity).", "Export it again as 16-bit WAV."
            )
        yield block


@contextmanager
def _reading(path: Path) -> Iterator[Any]:  # a soundfile.SoundFile, which has no types
    import soundfile

    if path.is_dir():
        raise AudioFileError(f"{path} is a folder, not a sound file.", "Choose a file inside it.")
    if not path.is_file():
        raise AudioFileError(f"There is no sound file {path}.", "Check the name and the folder.")
    try:
        file = soundfile.SoundFile(path)
    except (RuntimeError, OSError, TypeError, ValueError) as error:
        raise AudioFileError(
            f"{path} is not a sound file that can be read.", "Use WAV, FLAC, OGG or MP3, or convert it first."
        ) from error
    with file:
        if file.frames <= 0:
            raise AudioFileError(f"{path} holds no sound.", "Record it again, or choose another file.")
        if not _LOWEST_RATE <= file.samplerate <= _HIGHEST_RATE:
            raise AudioFileError(
                f"{path} has {file.samplerate} samples a second.", "Use a file with 4,000 or more."
            )
        yield file


@contextmanager
def _writing(target: Path, like: Any, mark: str) -> Iterator[Any]:
    """A WAV file under a temporary name, which takes its own when all went well."""
    import soundfile

    if target.is_dir():
        raise StorageError(f"{target} is a folder.", "Give the name of a file to write.")
    if target.exists() and Path(like.name).exists() and target.samefile(like.name):
        raise StorageError("The enhanced file would replace the one it is made from.", "Choose another name.")
    unfinished = target.with_name(f".{target.name}.part")
    samples = like.frames * OUT_RATE / like.samplerate * like.channels
    kind = "RF64" if 2 * samples > _LARGEST_WAV else "WAV"
    try:
        out = soundfile.SoundFile(unfinished, "w", OUT_RATE, like.channels, "PCM_16", format=kind)
    except (RuntimeError, OSError) as error:
        raise StorageError(f"{target} cannot be written: {error}.", "Choose another place.") from error
    try:
        with out:
            if mark:
                out.comment = mark
            yield out
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(out: Any, channels: list[Pcm], target: Path) -> None:
    ready = np.stack(channels, axis=1)  # [T, channels]
    if not len(ready):
        return
    try:
        out.write(np.clip(ready, -1, 1))
    except (RuntimeError, OSError) as error:
        raise StorageError(f"{target} cannot be written to its end: {error}.", "Is the disk full?") from error
