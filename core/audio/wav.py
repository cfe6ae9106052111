"""Sound files as sources and sinks: any file that libsndfile reads, and WAV that survives a full disk."""

from __future__ import annotations

import errno
import struct
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.resample import Resampler, resample
from core.audio.ring import HISTORY_SECONDS, Ring
from core.errors import AudioFileError, StorageError

_BLOCK_SECONDS = 0.5
_LOWEST_RATE, _HIGHEST_RATE = 1_000, 768_000
_HEADER_BYTES = 44


class WavSource:
    """A sound file as a source: frame after frame at the wanted rate, as fast as it is asked.

    Only about half a second is ever in memory. The last frame is filled up with silence.
    """

    latency_seconds = 0.0

    def __init__(self, path: Path | str, format: AudioFormat) -> None:
        self.format = format
        self._path = Path(path)
        self._file = _open(self._path)
        self._resampler = Resampler(self._file.samplerate, format.sample_rate)
        self._block = max(1, round(self._file.samplerate * _BLOCK_SECONDS))
        self._waiting: Pcm = np.zeros(0, np.float32)
        self._ended = False
        self._history = Ring(HISTORY_SECONDS * format.sample_rate, history=True)

    @property
    def seconds(self) -> float:
        """The length of the file."""
        return float(self._file.frames / self._file.samplerate)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def read(self) -> Pcm | None:
        frame_size = self.format.frame_size
        while len(self._waiting) < frame_size and not self._ended:
            self._waiting = np.concatenate((self._waiting, self._next_block()))
        if len(self._waiting) == 0:
            return None
        frame, self._waiting = self._waiting[:frame_size], self._waiting[frame_size:]
        frame = np.pad(frame, (0, frame_size - len(frame)))
        self._history.write(frame)
        return frame

    def peek(self, since: int) -> tuple[Pcm, int]:
        return self._history.peek(since)

    def _next_block(self) -> Pcm:
        pcm = _read_mono(self._file, self._block, self._path)
        if len(pcm) > 0:
            return self._resampler.push(pcm)
        self._ended = True
        return self._resampler.finish()


class WavSink:
    """A 16-bit WAV file as a sink: everything written counts as heard at once.

    It grows under a temporary name, with a header that is right at any moment, and takes its real name
    when closed. When the disk is full, what was written until then stays a good file. Without a sample
    there is no file.
    """

    latency_seconds = 0.0

    def __init__(self, path: Path | str, format: AudioFormat) -> None:
        self.format = format
        self._path = Path(path)
        self._growing = self._path.with_name(f".{self._path.name}.part")
        self._bytes = 0
        self._bytes_in_header = 0
        self._history = Ring(HISTORY_SECONDS * format.sample_rate, history=True)
        if self._path.is_dir():
            raise StorageError(f"{self._path} is a folder.", "Give the name of a file to write.")
        try:
            self._file: BinaryIO = self._growing.open("wb", buffering=0)
            self._file.write(_header(format.sample_rate, 0))
        except OSError as error:
            raise _refused(self._path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def has_room(self) -> bool:
        return True

    def write(self, pcm: Pcm) -> None:
        samples = np.round(np.clip(np.nan_to_num(pcm), -1, 1) * 32767).astype("<i2").tobytes()
        try:
            self._append(samples)
            if self._bytes - self._bytes_in_header >= 2 * self.format.sample_rate:
                self._settle_header()
        except OSError as error:
            raise _refused(self._path, error) from error
        self._history.write(pcm)

    def drop(self) -> None:
        """What is in the file has been heard: nothing to forget."""

    def pending(self) -> int:
        return 0

    def peek(self, since: int) -> tuple[Pcm, int]:
        return self._history.peek(since)

    def close(self) -> None:
        """Give the file its name. Closing twice is harmless."""
        if self._file.closed:
            return
        try:
            with self._file:
                self._settle_header()
            if self._bytes:
                self._growing.replace(self._path)
            else:
                self._growing.unlink()
        except OSError as error:
            raise _refused(self._path, error) from error

    def _append(self, samples: bytes) -> None:
        left = memoryview(samples)
        while left:
            written = self._file.write(left)  # a nearly full disk takes a part and refuses the rest
            self._bytes += written
            left = left[written:]

    def _settle_header(self) -> None:
        whole = self._bytes - self._bytes % 2
        self._file.truncate(_HEADER_BYTES + whole)
        self._file.seek(0)
        self._file.write(_header(self.format.sample_rate, whole))
        self._file.seek(_HEADER_BYTES + whole)
        self._bytes = self._bytes_in_header = whole


def read_pcm(path: Path | str, sample_rate: int) -> Pcm:
    """A whole file as mono samples at the wanted rate."""
    path = Path(path)
    with _open(path) as file:
        return resample(_read_mono(file, -1, path), file.samplerate, sample_rate)


def _open(path: Path) -> Any:  # a soundfile.SoundFile, which has no types
    import soundfile

    if not path.exists():
        raise AudioFileError(f"There is no file {path}.", "Check the name and the folder.")
    if path.is_dir():
        raise AudioFileError(f"{path} is a folder, not a sound file.", "Choose a file inside it.")
    try:
        file = soundfile.SoundFile(path)
    except PermissionError as error:
        raise AudioFileError(f"{path} may not be read.", "Check the permissions of the file.") from error
    except (RuntimeError, OSError, TypeError, ValueError) as error:
        if path.is_file() and path.stat().st_size == 0:
            raise AudioFileError(f"{path} is empty.", "Record it again, or choose another file.") from error
        raise AudioFileError(
            f"{path} is not a sound file that can be read.", "Use WAV, FLAC, OGG or MP3, or convert it first."
        ) from error
    if file.frames <= 0:
        file.close()
        raise AudioFileError(f"{path} holds no sound.", "Record it again, or choose another file.")
    if not _LOWEST_RATE <= file.samplerate <= _HIGHEST_RATE:
        rate = file.samplerate
        file.close()
        raise AudioFileError(
            f"{path} claims {rate} samples a second.", "Its header is damaged: convert it first."
        )
    return file


def _read_mono(file: Any, count: int, path: Path) -> Pcm:
    try:
        pcm = file.read(count, dtype="float32", always_2d=True)  # [T, channels]
    except (RuntimeError, OSError) as error:
        raise AudioFileError(
            f"{path} is damaged and cannot be read to its end.", "Convert it first."
        ) from error
    mono = pcm[:, 0] if pcm.shape[1] == 1 else pcm.mean(axis=1)
    if not np.isfinite(mono).all():
        raise AudioFileError(
            f"{path} holds values that are no sound (NaN or infinity).", "Export it again as 16-bit WAV."
        )
    clipped: Pcm = np.clip(mono, -1, 1).astype(np.float32, copy=False)
    return clipped


def _header(sample_rate: int, sound_bytes: int) -> bytes:
    """The 44 bytes before mono 16-bit sound."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + sound_bytes, b"WAVE"),
        *(b"fmt ", 16, 1, 1, sample_rate, 2 * sample_rate, 2, 16),
        *(b"data", sound_bytes),
    )


def _refused(path: Path, error: OSError) -> StorageError:
    if error.errno == errno.ENOSPC:
        return StorageError(
            f"The disk is full while writing {path}.", "Free some space; what was written so far is kept."
        )
    if isinstance(error, FileNotFoundError):
        return StorageError(f"{path} cannot be written: there is no such folder.", "Make the folder first.")
    return StorageError(f"{path} cannot be written: {error.strerror or error}.", "Choose another place.")
