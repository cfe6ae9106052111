"""Held-out speech: the utterances of voices that no training may hear, always the same ones."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.audio.base import Pcm
from core.audio.resample import resample
from core.errors import PalukuError
from core.training.corpus.config import CorpusConfig, MixConfig
from core.training.corpus.maker import make_corpus
from core.training.corpus.reader import Corpus, Filter

SHORTEST, LONGEST = 2.0, 8.0  # seconds of an utterance; of a longer one, the beginning is taken
SEED = 20_007  # of the voices made on the spot: no training corpus should have it
RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance of a held-out voice."""

    corpus: Corpus
    index: int
    group: str
    """`real` or `synthetic`, and the language."""

    @property
    def speaker(self) -> str:
        return self.corpus.clips[self.index].speaker

    @property
    def text(self) -> str:
        """What is said in it; nothing where nobody knows, or where only its beginning is taken."""
        clip = self.corpus.clips[self.index]
        return clip.text if clip.samples <= LONGEST * self.corpus.rate else ""

    @property
    def language(self) -> str:
        return self.corpus.clips[self.index].language

    def sound(self, rate: int) -> Pcm:
        samples = min(self.corpus.clips[self.index].samples, round(LONGEST * self.corpus.rate))
        return resample(self.corpus.sound(self.index, 0, samples), self.corpus.rate, rate)


def held_out(folders: Sequence[Path], per_group: int, split: str = "test") -> list[Utterance]:
    """So many utterances for each language, real and synthetic apart, chosen by the hash of their names."""
    groups: dict[str, list[tuple[bytes, Utterance]]] = {}
    for folder in folders:
        for name, wanted in _kinds(split):
            try:
                corpus = Corpus(folder, wanted)
            except PalukuError:
                continue  # a corpus may have only one kind
            for index, clip in enumerate(corpus.clips):
                if clip.samples < SHORTEST * corpus.rate:
                    continue
                order = hashlib.sha256(clip.id.encode()).digest()
                group = f"{name} {clip.language}"
                groups.setdefault(group, []).append((order, Utterance(corpus, index, group)))
    if not groups:
        raise PalukuError(
            f"No voice of the {split} split was found.", "Name a corpus with --corpus, or make a larger one."
        )
    ordered = ((group, sorted(found, key=lambda pair: pair[0])) for group, found in sorted(groups.items()))
    return [utterance for _, found in ordered for _, utterance in found[:per_group]]


def _kinds(split: str) -> Iterator[tuple[str, Filter]]:
    yield "real", Filter(splits=(split,), sources=(RECORDING,), clean=True)
    made = ("espeak", "espeak+world", "flite", "festival")
    yield "synthetic", Filter(splits=(split,), sources=made, clean=True)


def make_voices(folder: Path, hours: float = 0.4) -> Path:
    """A small corpus of synthetic voices, the held-out ones among them."""
    config = replace(CorpusConfig(), rate=16_000, changed_share=0.0, shard_seconds=120.0)
    config = replace(config, mix=MixConfig(named=0.0, crowd=0.8, flite=0.2, festival=0.0))
    make_corpus(folder, config, seed=SEED, hours=hours, workers=1)
    return folder


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="paluku-voices-")
