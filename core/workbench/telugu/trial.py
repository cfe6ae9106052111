"""Trial: whether sounds that a language tells apart stay apart on the way through a codec."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.resample import resample
from core.audio.spectrum import Spectrum, SpectrumConfig
from core.training.corpus.take import levelled
from core.workbench.probing.dtw import distances
from core.workbench.spoken import Line, say
from core.workbench.telugu.pairs import CONTRASTS, VOICES, Contrast

Rows = NDArray[np.float64]
Through = Callable[[Pcm], Pcm]
"""Sound through the codec and back, as long as it was and at its own time."""

RATE = 16_000
ROOM = 0.15  # seconds of silence around a word
SEPARATED = 0.65  # of the answers right: below that the original itself does not tell the words apart
DROP = 0.15  # of the answers: so many more wrong ones are a loss
RATIO_KEPT = 0.10  # a ratio of lengths may change by this share
_FRAMES = 100  # a second
_ACTIVE_DB = 25.0  # below the loudest frame: no longer the word


@dataclass(frozen=True)
class PairResult:
    """One pair of words: answers right before and behind the codec, and how much longer the second is."""

    words: tuple[str, str]
    original: float
    through: float
    against_original: float
    """A word behind the codec, to be found among words that did not go through it."""
    ratio_original: float | None = None
    ratio_through: float | None = None

    @property
    def separated(self) -> bool:
        """Whether the original can be told apart; if not, the codec cannot be blamed."""
        return self.original >= SEPARATED

    @property
    def kept(self) -> bool:
        if not self.separated:
            return True
        heard = min(self.through, self.against_original)
        return heard >= self.original - DROP and self.ratio_kept

    @property
    def ratio_kept(self) -> bool:
        if self.ratio_original is None or self.ratio_through is None:
            return True
        return abs(self.ratio_through / self.ratio_original - 1) <= RATIO_KEPT


@dataclass(frozen=True)
class ContrastResult:
    """A contrast with its pairs."""

    name: str
    language: str
    kind: str
    pairs: tuple[PairResult, ...]

    @property
    def judged(self) -> list[PairResult]:
        return [pair for pair in self.pairs if pair.separated]

    @property
    def kept_share(self) -> float | None:
        """Of the pairs that the original tells apart, how many stay apart; None if there are none."""
        judged = self.judged
        return sum(pair.kept for pair in judged) / len(judged) if judged else None

    @property
    def passes(self) -> bool | None:
        share = self.kept_share
        return None if share is None else share >= 0.75

    def mean(self, what: str) -> float:
        return float(np.mean([getattr(pair, what) for pair in self.pairs]))


@dataclass(frozen=True)
class _Spoken:
    """A word said by a voice: before and behind the codec."""

    original: Pcm
    through: Pcm


def try_pairs(
    through: Through,
    rate: int,
    languages: Sequence[str] = ("te",),
    voices: Sequence[str] = VOICES,
    most_pairs: int | None = None,
) -> list[ContrastResult]:
    """All contrasts of these languages through a codec at `rate`."""
    contrasts = [contrast for contrast in CONTRASTS if contrast.language in languages]
    words = [
        (contrast, word) for contrast in contrasts for pair in contrast.pairs[:most_pairs] for word in pair
    ]
    lines = [
        Line(word, f"{contrast.language}+{voice}", rate=135, pitch=35 + 10 * (number % 3))
        for contrast, word in words
        for number, voice in enumerate(voices)
    ]
    originals = [levelled(take.trimmed(0.02).at_rate(rate).pcm) for take in say(lines)]
    spoken = _through_codec(originals, through, rate)
    told = {
        (contrast.language, word): spoken[number * len(voices) : (number + 1) * len(voices)]
        for number, (contrast, word) in enumerate(words)
    }
    return [
        ContrastResult(
            contrast.name,
            contrast.language,
            contrast.kind,
            tuple(_pair(contrast, pair, told) for pair in contrast.pairs[:most_pairs]),
        )
        for contrast in contrasts
    ]


def _through_codec(words: Sequence[Pcm], through: Through, rate: int) -> list[_Spoken]:
    """Words in one stream with silence around each, as long for the short ones as for the long ones."""
    size = max(len(word) for word in words) + 2 * round(ROOM * rate)
    before = [np.pad(word, (round(ROOM * rate), size - round(ROOM * rate) - len(word))) for word in words]
    decoded = through(np.concatenate(before).astype(np.float32))
    return [
        _Spoken(resample(original, rate, RATE), resample(np.ascontiguousarray(part), rate, RATE))
        for original, part in zip(before, decoded.reshape(len(words), size), strict=True)
    ]


def _pair(
    contrast: Contrast, words: tuple[str, str], told: dict[tuple[str, str], list[_Spoken]]
) -> PairResult:
    first, second = (told[contrast.language, word] for word in words)
    shapes = [[(_shape(s.original), _shape(s.through)) for s in group] for group in (first, second)]
    before, behind = ([[shape[side] for shape in group] for group in shapes] for side in (0, 1))
    ratios: tuple[float | None, float | None] = (None, None)
    if contrast.kind == "length":
        lengths = [
            np.array([[_active_seconds(getattr(s, side)) for s in group] for group in (first, second)])
            for side in ("original", "through")
        ]
        ratios = (_ratio(lengths[0]), _ratio(lengths[1]))
    return PairResult(
        words=words,
        original=_answers_right(before, before),
        through=_answers_right(behind, behind),
        against_original=_answers_right(before, behind),
        ratio_original=ratios[0],
        ratio_through=ratios[1],
    )


def _answers_right(known: list[list[Rows]], asked: list[list[Rows]]) -> float:
    """ABX: one voice says X, another A (the same word) and B (the other one); all voices, both ways."""
    voices = range(len(known[0]))
    trials = [(word, x, a) for word in (0, 1) for x, a in permutations(voices, 2)]
    to_same = distances([(asked[word][x], known[word][a]) for word, x, a in trials])
    to_other = distances([(asked[word][x], known[1 - word][a]) for word, x, a in trials])
    return float(np.mean((to_same < to_other) + 0.5 * (to_same == to_other)))


def _ratio(lengths: NDArray[np.float64]) -> float:  # [word, voice]
    return float(np.exp(np.mean(np.log(np.maximum(lengths[1], 0.01) / np.maximum(lengths[0], 0.01)))))


def _columns(pcm: Pcm) -> Rows:
    """Log-mel columns in dB, [T, 40]."""
    spectrum = Spectrum(
        SpectrumConfig(RATE, window=400, hop=RATE // _FRAMES, bins=40, lowest_hz=80.0, floor_db=-80.0)
    )
    return spectrum.push(pcm).astype(np.float64)


def _shape(pcm: Pcm) -> Rows:
    """What distinguishes a word: log-mel columns without the voice's mean, and how they move."""
    columns = _columns(pcm)
    active = _active(columns)
    part = columns[active.start : active.stop]
    part = part - part.mean(axis=0)
    moved = np.gradient(part, axis=0) if len(part) > 1 else np.zeros_like(part)
    return np.concatenate([part, 3 * moved], axis=1)


def _active(columns: Rows) -> slice:
    loud = columns.max(axis=1)
    where = np.flatnonzero(loud > loud.max() - _ACTIVE_DB)
    return slice(int(where[0]), int(where[-1]) + 1) if len(where) else slice(0, len(columns))


def _active_seconds(pcm: Pcm) -> float:
    active = _active(_columns(pcm))
    return float((active.stop - active.start) / _FRAMES)
