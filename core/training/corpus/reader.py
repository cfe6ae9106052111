"""Reader: a corpus on disk, opened for training."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.errors import AudioFileError, PalukuError
from core.training.corpus.manifest import MANIFEST_NAME, Entry, read_entries
from core.training.corpus.phonemes import SILENCE_ID, phoneme_id
from core.training.corpus.shards import sound_of

UNKNOWN = -100  # what the cross entropy of torch leaves out
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which utterances of a corpus to take; an empty tuple takes all."""

    splits: tuple[str, ...] = ("train",)
    languages: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    clean: bool = False  # only what has not gone through the augmenter

    def takes(self, entry: Entry) -> bool:
        wanted = (
            (self.splits, entry.split),
            (self.languages, entry.language),
            (self.speakers, entry.speaker),
            (self.sources, entry.source),
        )
        return all(not names or name in names for names, name in wanted) and not (
            self.clean and entry.changes
        )


@dataclass(frozen=True, slots=True)
class Clip:
    """Where an utterance lies in its corpus, what is said in it, by whom and how."""

    id: str
    file: str
    start: int
    samples: int
    text: str
    speaker: str
    emotion: str
    language: str


class Corpus:
    """A corpus on disk, opened: its utterances of interest and their sound, mapped into memory."""

    def __init__(self, path: Path, wanted: Filter | None = None) -> None:
        self.path, self.wanted = path, wanted or Filter()
        self.clips: list[Clip] = []
        names, starts, ends, offsets = array("h"), array("f"), array("f"), array("q", [0])
        rate = 0
        for entry in read_entries(path / MANIFEST_NAME):
            if rate not in (0, entry.rate):
                raise PalukuError(
                    f"The corpus {path} has sound at {rate} and at {entry.rate} Hz.", "Make it anew."
                )
            rate = entry.rate
            if not self.wanted.takes(entry) or not entry.samples:
                continue
            self.clips.append(
                Clip(
                    *(entry.id, entry.file, entry.start, entry.samples),
                    *(entry.text, entry.speaker, entry.emotion, entry.language),
                )
            )
            for mark in entry.phonemes:
                names.append(phoneme_id(mark.name))
                starts.append(mark.start)
                ends.append(mark.end)
            offsets.append(len(names))
        if not self.clips:
            raise PalukuError(
                f"The corpus {path} has nothing that fits {self.wanted}.", "Ask for less, or make more."
            )
        self.rate = rate
        # flat arrays: a hundred hours have millions of phonemes
        self._names = np.frombuffer(names, np.int16) if names else np.zeros(0, np.int16)
        self._starts = np.frombuffer(starts, np.float32) if starts else np.zeros(0, np.float32)
        self._ends = np.frombuffer(ends, np.float32) if ends else np.zeros(0, np.float32)
        self._offsets = np.frombuffer(offsets, np.int64)
        self._reach = np.cumsum([clip.samples for clip in self.clips])
        self._sounds: dict[str, NDArray[np.int16]] = {}

    def __len__(self) -> int:
        return len(self.clips)

    def __reduce__(self) -> tuple[Any, ...]:
        return Corpus, (self.path, self.wanted)  # another process opens it for itself

    @property
    def seconds(self) -> float:
        return float(self._reach[-1]) / self.rate

    @property
    def speakers(self) -> tuple[str, ...]:
        return tuple(sorted({clip.speaker for clip in self.clips}))

    def draw(self, rng: np.random.Generator) -> int:
        """A random utterance; a long one comes as often as its length."""
        return int(np.searchsorted(self._reach, rng.integers(self._reach[-1]), side="right"))

    def sound(self, index: int, start: int = 0, samples: int | None = None) -> Pcm:
        """The sound of an utterance, or a stretch of it; silence before and after it."""
        clip = self.clips[index]
        samples = clip.samples if samples is None else samples
        sound = self._shard(clip)
        first, last = max(0, start), min(clip.samples, start + samples)
        pcm = np.zeros(samples, np.float32)
        if last > first:
            taken = sound[clip.start + first : clip.start + last]
            pcm[first - start : last - start] = taken * np.float32(1 / 32767)
        return pcm

    def phonemes(self, index: int, times: NDArray[np.floating[Any]]) -> Labels:
        """The phoneme at each time, in seconds: `SILENCE_ID` in pauses, `UNKNOWN` if nobody told."""
        first, last = int(self._offsets[index]), int(self._offsets[index + 1])
        if first == last:
            return np.full(len(times), UNKNOWN, np.int64)
        place = np.searchsorted(self._starts[first:last], times, side="right") - 1
        inside = (place >= 0) & (times < self._ends[first:last][np.maximum(place, 0)])
        return np.where(inside, self._names[first:last][np.maximum(place, 0)], SILENCE_ID).astype(np.int64)

    def check(self) -> None:
        """Open every shard, so that a damaged one is told before an hour of training."""
        for clip in self.clips:
            self._shard(clip)

    def _shard(self, clip: Clip) -> NDArray[np.int16]:
        sound = self._sounds.get(clip.file)
        if sound is None:
            sound = self._sounds[clip.file] = sound_of(self.path / clip.file, self.rate)
        if clip.start + clip.samples > len(sound):
            raise AudioFileError(
                f"{self.path / clip.file} ends before the utterance {clip.id}.",
                "Delete the shard and its .jsonl, and run `paluku corpus` again.",
            )
        return sound
