"""Material: speech with known speakers and phonemes, and the moments at which features are looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.resample import resample
from core.errors import PalukuError
from core.training.corpus.phonemes import SILENCE_ID, STRANGE_ID
from core.training.corpus.reader import Corpus, Filter
from core.workbench.diagnosis.pitch import RATE, pitch_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

GRID = 100  # moments a second at which phonemes and pitch are known
FEWEST_UTTERANCES = 3  # of a speaker: some to learn from, some to be asked about
_LONGEST, _SHORTEST = 4.0, 0.8  # seconds of an utterance that are used, and that it must have
_MOMENTS, _TOKENS = 30, 6  # of an utterance
_READ_WHOLE = 4  # utterances of each speaker
_SHORTEST_TOKEN = 3  # moments that a phoneme must last
_PITCH_LATE = 0.027  # seconds: a tracker that only looks back tells what was


@dataclass(frozen=True)
class Token:
    """A phoneme that was said: which, by whom, in which utterance and when."""

    phoneme: int
    speaker: int
    utterance: int
    start: float
    end: float


@dataclass(frozen=True)
class Utterance:
    """A piece of speech: its sound, its speaker, and what is known of the moments in it."""

    pcm: Pcm
    speaker: int
    moments: Floats  # [M]: seconds
    phonemes: Ints  # [M]
    pitch: Floats  # [M]: Hz, 0 without voice
    voiced: NDArray[np.bool_]  # [T * GRID]
    track: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    """All phonemes [T * GRID], of the utterances that are read as a whole; of the others none."""


@dataclass(frozen=True)
class Material:
    """Utterances of several speakers, and the phonemes in them that are compared."""

    rate: int
    speakers: tuple[str, ...]
    utterances: tuple[Utterance, ...]
    tokens: tuple[Token, ...]

    @property
    def speaker_ids(self) -> Ints:
        return np.array([utterance.speaker for utterance in self.utterances])

    def median_pitch(self) -> Floats:
        """Of each speaker, in Hz."""
        found = []
        for speaker in range(len(self.speakers)):
            heard = [u.pitch[u.pitch > 0] for u in self.utterances if u.speaker == speaker]
            voiced = np.concatenate(heard)
            found.append(float(np.median(voiced)) if len(voiced) else 0.0)
        return np.array(found)

    def alike_in_pitch(self) -> Ints:
        """The third of the speakers (three at least) whose pitch is closest together."""
        pitch = self.median_pitch()
        order = np.argsort(pitch, kind="stable")
        count = max(3, len(order) // 3)
        if len(order) < count:
            return np.zeros(0, np.int64)
        spans = np.log(
            np.maximum(pitch[order[count - 1 :]], 1) / np.maximum(pitch[order[: len(order) - count + 1]], 1)
        )
        first = int(spans.argmin())
        found: Ints = np.sort(order[first : first + count])
        return found


def read_material(path: Path, rate: int, *, speakers: int, utterances: int, seed: int) -> Material:
    """So many utterances of so many speakers of a corpus, at this sample rate."""
    if path.is_file():
        raise PalukuError(f"{path} is a file, not a corpus.", "Name the folder that `paluku corpus` made.")
    corpus = Corpus(path, Filter(splits=(), clean=True))
    rng = np.random.default_rng(seed)
    long_enough = [i for i, clip in enumerate(corpus.clips) if clip.samples >= _SHORTEST * corpus.rate]
    counts = Counter(corpus.clips[i].speaker for i in long_enough)
    enough = [name for name, count in counts.items() if count >= FEWEST_UTTERANCES]
    chosen = sorted(sorted(enough, key=lambda name: (-counts[name], name))[:speakers])
    if len(chosen) < 2:
        raise PalukuError(
            f"The corpus {path} has {len(chosen)} speaker{'' if len(chosen) == 1 else 's'} with "
            f"{FEWEST_UTTERANCES} utterances or more; telling speakers apart needs two.",
            "Make a longer corpus, or one of fewer voices (crowd_voices in its config).",
        )
    found: list[Utterance] = []
    tokens: list[Token] = []
    for number, name in enumerate(chosen):
        own = [i for i in long_enough if corpus.clips[i].speaker == name]
        for place, index in enumerate(sorted(rng.permutation(own)[:utterances].tolist())):
            utterance, labels = _utterance(corpus, index, number, rate, rng)
            tokens += _tokens(labels, number, len(found), rng)
            found.append(replace(utterance, track=labels) if place < _READ_WHOLE else utterance)
    return Material(rate, tuple(chosen), tuple(found), tuple(tokens))


def _utterance(
    corpus: Corpus, index: int, speaker: int, rate: int, rng: np.random.Generator
) -> tuple[Utterance, Ints]:
    samples = min(corpus.clips[index].samples, round(_LONGEST * corpus.rate))
    pcm = resample(corpus.sound(index, 0, samples), corpus.rate, rate)
    grid = (np.arange(int(samples / corpus.rate * GRID)) + 0.5) / GRID
    labels: Ints = corpus.phonemes(index, grid)
    pitch = np.pad(pitch_of(resample(pcm, rate, RATE)), (0, GRID))[round(_PITCH_LATE * GRID) :][: len(grid)]
    spoken = np.flatnonzero((labels > STRANGE_ID) | ((labels < 0) & (pitch > 0)))
    where = (
        np.sort(rng.permutation(spoken)[:_MOMENTS]) if len(spoken) else np.arange(min(_MOMENTS, len(grid)))
    )
    moments = Utterance(
        pcm=pcm,
        speaker=speaker,
        moments=grid[where],
        phonemes=labels[where],
        pitch=pitch[where].astype(np.float64),
        voiced=pitch > 0,
    )
    return moments, labels


def _tokens(labels: Ints, speaker: int, utterance: int, rng: np.random.Generator) -> list[Token]:
    """Some of the phonemes of an utterance, whole ones."""
    edges = np.flatnonzero(np.diff(labels)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(labels)]])
    found = [
        Token(int(labels[start]), speaker, utterance, start / GRID, end / GRID)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        if end - start >= _SHORTEST_TOKEN
        and labels[start] not in (SILENCE_ID, STRANGE_ID)
        and labels[start] >= 0
    ]
    return [found[i] for i in sorted(rng.permutation(len(found))[:_TOKENS].tolist())]
