"""Utterances: a corpus in the codes of any codec, with the pieces of its words, as speech models meet it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.codecs.base import Codec
from core.errors import AudioFileError, PalukuError
from core.training.corpus.manifest import Entry, read_entries
from core.training.corpus.shards import FOLDER
from core.training.corpus.take import resampled
from core.training.speech.coding import keep_arrays, utterance_in
from core.training.speech.sounds import signs_after

Codes16 = NDArray[np.uint16]  # [K, T]


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word of an utterance: its pieces of text, and its first frame and the one after its last."""

    pieces: tuple[int, ...]
    start: int
    end: int

    def later(self, frames: int) -> SaidWord:
        return replace(self, start=self.start + frames, end=self.end + frames)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance as codes with the times of its words."""

    entry: Entry
    codes: Codes16
    words: tuple[SaidWord, ...]

    @property
    def frames(self) -> int:
        return int(self.codes.shape[1])

    @property
    def pieces(self) -> list[int]:
        return [piece for word in self.words for piece in word.pieces]

    def with_rest(self, before: int, quiet: Codes16) -> Utterance:
        """The same with a rest before one of its words."""
        at = self.words[before].start
        codes = np.concatenate([self.codes[:, :at], quiet, self.codes[:, at:]], axis=1)
        words = (word.later(quiet.shape[1] * (n >= before)) for n, word in enumerate(self.words))
        return Utterance(self.entry, codes, tuple(words))


class CodedCorpus:
    """The shards of a corpus in the codes of a codec; made once, and kept in a folder."""

    def __init__(self, codec: Codec, corpus: Path, folder: Path, say: Callable[[str], None]) -> None:
        if not (corpus / FOLDER).is_dir():
            raise PalukuError(f"{corpus} is not a corpus.", "Make one with `paluku corpus`.")
        self._codec, self._corpus, self._folder, self._say = codec, corpus, folder, say
        self.shards = sorted((corpus / FOLDER).glob("*.jsonl"))

    def entries(self) -> Iterator[Entry]:
        for shard in self.shards:
            yield from read_entries(shard)

    def coded(self) -> Iterator[tuple[Entry, Codes16]]:
        """Every utterance in the order of the manifests."""
        for count, shard in enumerate(self.shards, 1):
            entries, kept = list(read_entries(shard)), self._folder / f"{shard.stem}.npz"
            codes = self._kept(kept, len(entries))
            if codes is None:
                codes = self._code(shard, entries)
                ends = np.cumsum([row.shape[1] for row in codes])
                keep_arrays(kept, codes=np.concatenate(codes, axis=1), ends=ends)
                self._say(f"coded {count} of {len(self.shards)} shards of {self._corpus.name}")
            yield from zip(entries, codes, strict=True)

    def _kept(self, path: Path, count: int) -> list[Codes16] | None:
        try:
            with np.load(path) as file:
                codes, ends = file["codes"], file["ends"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        fits = len(ends) == count and len(codes) == self._codec.spec.n_codebooks
        return np.split(codes, ends[:-1], axis=1) if fits else None

    def _code(self, shard: Path, entries: Sequence[Entry]) -> list[Codes16]:
        sound, rate = _shard_sound(shard)
        format, found = self._codec.spec.format, []
        for entry in entries:
            pcm = resampled(utterance_in(sound, entry), rate, format.sample_rate)
            whole = np.zeros(-(-len(pcm) // format.frame_size) * format.frame_size, np.float32)
            whole[: len(pcm)] = pcm
            found.append(self._codec.encoder().push(whole).astype(np.uint16))
        return found


def utterance(
    entry: Entry, codes: Codes16, frame_rate: float, pieces: Callable[[str], Sequence[int]], *, signs: bool
) -> Utterance | None:
    """An utterance with the pieces of its words, if wished with the signs after them; None without words."""
    after = signs_after(entry.text, entry.words) if signs else [""] * len(entry.words)
    words = []
    for mark, sign in zip(entry.words, after, strict=True):
        start = min(round(mark.start * frame_rate), codes.shape[1] - 1)
        end = min(max(round(mark.end * frame_rate), start + 1), codes.shape[1])
        words.append(SaidWord(tuple(pieces(mark.name + sign)), start, end))
    return Utterance(entry, codes, tuple(words)) if words else None


def _shard_sound(shard: Path) -> tuple[NDArray[np.float32], int]:
    import soundfile

    path = shard.with_suffix(".wav")
    try:
        pcm, rate = soundfile.read(path, dtype="float32")
    except (OSError, RuntimeError) as error:
        raise AudioFileError(
            f"{path.name} cannot be read as sound: {error}", "Delete the shard and make the corpus again."
        ) from error
    return np.asarray(pcm, np.float32), int(rate)
