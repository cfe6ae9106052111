"""Coding: a corpus as codes of a codec, made once and kept beside the training."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import AudioFileError, PalukuError, StorageError
from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.s2s.code_space import CodeSpace, raw
from core.training.corpus.manifest import Entry, read_entries
from core.training.corpus.shards import FOLDER

LEAD_SECONDS, TRAIL_SECONDS = (0.1, 0.4), 0.7
"""Silence around an utterance: a listener begins before it and goes on after it."""
FLOOR_DB = (-75.0, -45.0)  # of the noise in that silence
_TOGETHER = 24  # utterances that are coded at once


@dataclass(frozen=True, slots=True)
class Coded:
    """One utterance as a speech model meets it."""

    entry: Entry
    codes: NDArray[np.uint16]  # [K, T]
    frames: NDArray[np.float16]  # [T, D]: the numbers behind the codes, not rounded to codes
    frame_rate: float = 50.0


class Coding:
    """The shards of a corpus as codes; a shard that is not coded yet is coded when it is asked for."""

    def __init__(self, codec: EnvelopeCodec, corpus: Path, folder: Path, *, surrounded: bool) -> None:
        """`surrounded` utterances have silence around them, as a listener hears them."""
        self._codec = codec.eval()
        self._space = CodeSpace.of(codec)
        self._corpus = corpus
        self._folder = folder
        self._surrounded = surrounded
        if not (corpus / FOLDER).is_dir():
            raise PalukuError(f"{corpus} is not a corpus.", "Make one with `paluku corpus`.")

    def shards(self) -> list[Path]:
        """Those that are whole, by name."""
        return sorted((self._corpus / FOLDER).glob("*.jsonl"))

    def make(self, shard: Path) -> bool:
        """Code a shard that is not coded yet; whether it was to be done."""
        kept, entries = self._folder / f"{shard.stem}.npz", list(read_entries(shard))
        if self._kept(kept, len(entries)) is not None:
            return False
        self._code(shard, entries, kept)
        return True

    def coded(self, shard: Path) -> list[Coded]:
        """The utterances of a shard in the order of its manifest."""
        self.make(shard)
        kept, entries = self._folder / f"{shard.stem}.npz", list(read_entries(shard))
        found = self._kept(kept, len(entries))
        assert found is not None, "what was just coded is there"
        codes, frames, ends = found
        starts = np.concatenate([[0], ends[:-1]])
        rate = self._codec.spec.frame_rate
        return [
            Coded(entry, codes[:, start:end], frames[start:end], rate)
            for entry, start, end in zip(entries, starts, ends, strict=True)
        ]

    @staticmethod
    def _kept(path: Path, count: int) -> tuple[NDArray[np.uint16], NDArray[np.float16], NDArray[Any]] | None:
        """What was coded of so many utterances; None where it must be coded (again)."""
        try:
            with np.load(path) as file:
                codes, frames, ends = file["codes"], file["frames"], file["ends"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return (codes, frames, ends) if len(ends) == count else None

    def _code(self, shard: Path, entries: Sequence[Entry], kept: Path) -> None:
        found: dict[int, tuple[NDArray[np.uint16], NDArray[np.float16]]] = {}
        order = sorted(range(len(entries)), key=lambda number: entries[number].samples)
        sound = shard_sound(shard, self._codec.spec.format.sample_rate)
        for first in range(0, len(order), _TOGETHER):
            numbers = order[first : first + _TOGETHER]
            pieces = [self._piece(sound, entries[number], number) for number in numbers]
            for number, made in zip(numbers, self._together(pieces), strict=True):
                found[number] = made
        codes = np.concatenate([found[number][0] for number in range(len(entries))], axis=1)
        frames = np.concatenate([found[number][1] for number in range(len(entries))])
        ends = np.cumsum([found[number][0].shape[1] for number in range(len(entries))])
        keep_arrays(kept, codes=codes, frames=frames, ends=ends)

    def _piece(self, sound: NDArray[np.float32], entry: Entry, number: int) -> NDArray[np.float32]:
        pcm = utterance_in(sound, entry)
        if not self._surrounded:
            return pcm
        rng = np.random.default_rng([entry.start, number])
        rate = entry.rate
        lead, trail = round(rng.uniform(*LEAD_SECONDS) * rate), round(TRAIL_SECONDS * rate)
        floor = 10 ** (rng.uniform(*FLOOR_DB) / 20)
        around = (floor * rng.standard_normal(lead + len(pcm) + trail)).astype(np.float32)
        around[lead : lead + len(pcm)] += pcm
        return around

    @torch.no_grad()
    def _together(
        self, pieces: Sequence[NDArray[np.float32]]
    ) -> Iterator[tuple[NDArray[np.uint16], NDArray[np.float16]]]:
        size = self._codec.spec.format.frame_size
        lengths = [-(-len(piece) // size) for piece in pieces]
        batch = np.zeros((len(pieces), 1, max(lengths) * size), np.float32)
        for row, piece in zip(batch, pieces, strict=True):
            row[0, : len(piece)] = piece
        frames = raw(self._codec, torch.from_numpy(batch).to(self._space.mean.device))
        codes, _ = self._space.spoken(frames, self._space.initial_state(len(pieces)))
        for number, length in enumerate(lengths):
            yield (
                codes[number, :, :length].cpu().numpy().astype(np.uint16),
                frames[number, :length].cpu().numpy().astype(np.float16),
            )


def keep_arrays(path: Path, **arrays: NDArray[Any]) -> None:
    """Write arrays into a file that appears whole or not at all."""
    part = path.with_suffix(".part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, **arrays)  # type: ignore[arg-type]
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"The codes of a shard could not be saved: {error.strerror or error}.",
            "Is the disk full? Make room and run the same command again.",
        ) from error


def utterance_in(sound: NDArray[np.float32], entry: Entry) -> NDArray[np.float32]:
    """The sound of an utterance in its shard."""
    if entry.start + entry.samples > len(sound):
        raise AudioFileError(
            f"{entry.file} ends before the utterance {entry.id}.",
            "Delete the shard and its .jsonl, and run `paluku corpus` again.",
        )
    return sound[entry.start : entry.start + entry.samples]


def shard_sound(shard: Path, rate: int) -> NDArray[np.float32]:
    """All sound of a shard, which must have this rate."""
    import soundfile

    path = shard.with_suffix(".wav")
    try:
        pcm, own = soundfile.read(path, dtype="float32")
    except (OSError, RuntimeError) as error:
        raise AudioFileError(
            f"{path.name} cannot be read as sound: {error}", "Delete the shard and make the corpus again."
        ) from error
    if own != rate:
        raise PalukuError(
            f"{path.name} has {own} Hz, the codec {rate}.", f"Make the corpus with rate = {rate}."
        )
    return np.asarray(pcm, np.float32)
