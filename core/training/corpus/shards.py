"""Shards: several minutes of utterances as one WAV file, with their manifest beside it."""

from __future__ import annotations

import os
import wave
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.errors import AudioFileError
from core.training.corpus.manifest import Entry, write_entries

FOLDER = "shards"
HEADER_BYTES = 44  # of a WAV file as the standard library writes it
GAP_SECONDS = 0.05  # silence between utterances, so that the file can be listened to


@dataclass(slots=True)
class Shard:
    """A shard in the making: it appears under its name only when it is whole."""

    corpus: Path
    name: str
    rate: int
    pieces: list[NDArray[np.int16]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    length: int = 0

    @property
    def seconds(self) -> float:
        return sum(entry.seconds for entry in self.entries)

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.name}.wav"

    def next_id(self) -> str:
        return f"{self.name}-{len(self.entries):04d}"

    def add(self, pcm: Pcm, entry: Entry) -> None:
        gap = np.zeros(round(GAP_SECONDS * self.rate), np.int16)
        whole = np.rint(np.clip(pcm, -1, 1) * 32767).astype("<i2")
        self.pieces += [whole, gap]
        self.entries.append(entry)
        self.length += len(whole) + len(gap)

    def save(self) -> None:
        """Write sound first, manifest last: a manifest means that the shard is complete."""
        folder = self.corpus / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{self.name}.{os.getpid()}.wav.part"
        try:
            with part.open("wb") as file:
                with wave.open(file, "wb") as sound:
                    sound.setnchannels(1)
                    sound.setsampwidth(2)
                    sound.setframerate(self.rate)
                    sound.setnframes(self.length)
                    sound.writeframes(np.concatenate(self.pieces).tobytes() if self.pieces else b"")
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / f"{self.name}.wav")
            write_entries(manifest_of(self.corpus, self.name), self.entries)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def manifest_of(corpus: Path, name: str) -> Path:
    return corpus / FOLDER / f"{name}.jsonl"


def sound_of(path: Path, rate: int) -> NDArray[np.int16]:
    """The samples of a shard, mapped into memory: nothing is read before it is used."""
    damaged = "Delete the shard and its .jsonl, and run `paluku corpus` again: it makes them anew."
    try:
        with wave.open(str(path), "rb") as sound:
            shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            frames = sound.getnframes()
        if shape != (1, 2, rate):
            raise AudioFileError(f"The shard {path} is not mono 16-bit sound at {rate} Hz.", damaged)
        if path.stat().st_size < HEADER_BYTES + 2 * frames:
            raise AudioFileError(f"The shard {path} is cut off.", damaged)
        if not frames:
            return np.zeros(0, np.int16)
        return np.memmap(path, "<i2", mode="r", offset=HEADER_BYTES, shape=(frames,))
    except (OSError, EOFError, wave.Error) as error:
        raise AudioFileError(f"The shard {path} cannot be read: {error}.", damaged) from error
