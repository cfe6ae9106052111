"""Look: the features of a whole material at one point, reduced to what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.spectrum import Spectrum, SpectrumConfig
from core.nn.codecs.model import CodecModel
from core.workbench.analysis.extraction import whole_frames
from core.workbench.analysis.features import extract
from core.workbench.probing.material import GRID, Material, Utterance

Rows = NDArray[np.float32]  # [T, D]
FeaturesOf = Callable[[Pcm], dict[str, Rows]]

READ_GRID = 50  # frames a second at which whole utterances are read
_TOKEN_FRAMES = 6  # of a phoneme: comparing more takes long and tells the same
LOG_MEL, AVERAGED = "log-mel", "enc.out averaged"


@dataclass
class Look:
    """A material seen from one point."""

    name: str
    pooled: list[Rows] = field(default_factory=list)
    """Of each utterance: mean and spread over its voiced frames, [2 D]."""
    moments: list[Rows] = field(default_factory=list)
    """Of each utterance: the frame of each of its moments, [M, D]."""
    tokens: list[Rows] = field(default_factory=list)
    """Of each token: its frames, one at least."""
    sequences: list[NDArray[np.float16]] = field(default_factory=list)
    """Of each utterance that is read as a whole: all its frames, [T, D]; of the others none."""
    rate: float = 0.0

    def add(
        self, rows: Rows, seconds: float, utterance: Utterance, tokens: Iterable[tuple[float, float]]
    ) -> None:
        rate = len(rows) / seconds
        if rate > GRID:
            rows, rate = _slowed(rows, seconds), GRID
        self.rate = rate
        self.pooled.append(_pooled(rows, rate, utterance))
        self.moments.append(rows[_frames(utterance.moments, rate, len(rows))])
        whole = _slowed(rows, seconds, READ_GRID) if rate > READ_GRID else rows
        self.sequences.append((whole if len(utterance.track) else whole[:0]).astype(np.float16))
        for start, end in tokens:
            first = min(int(start * rate), len(rows) - 1)
            said = rows[first : max(first + 1, round(end * rate))]
            self.tokens.append(_averaged(said, min(len(said), _TOKEN_FRAMES)))

    @property
    def vectors(self) -> NDArray[np.float64]:  # [U, 2 D]
        return np.stack(self.pooled).astype(np.float64)

    @property
    def frames(self) -> NDArray[np.float64]:  # [N, D]
        return np.concatenate(self.moments).astype(np.float64)


def look_through(features_of: FeaturesOf, material: Material) -> dict[str, Look]:
    """Every utterance through a model, seen from all its points."""
    looks: dict[str, Look] = {}
    for number, utterance in enumerate(material.utterances):
        spans = [(token.start, token.end) for token in material.tokens if token.utterance == number]
        for name, rows in features_of(utterance.pcm).items():
            seconds = len(utterance.pcm) / material.rate
            looks.setdefault(name, Look(name)).add(rows, seconds, utterance, spans)
    return looks


def codec_features(codec: CodecModel, averaged_seconds: float | None) -> FeaturesOf:
    """What a codec knows at its points; if wished also a moving average in place of its Transformer."""

    def features_of(pcm: Pcm) -> dict[str, Rows]:
        sound = whole_frames(codec, pcm)
        found = {name: rows.float().numpy() for name, rows in extract(codec, sound).items()}
        kept = {name: rows for name, rows in found.items() if name in _shown(list(found))}
        share = len(pcm) / sound.shape[-1]  # of the padded sound: frames of its padding are left out
        kept = {name: rows[: max(1, round(share * len(rows)))] for name, rows in kept.items()}
        if averaged_seconds and "enc.out" in kept:
            rows = kept["enc.out"]
            window = max(1, round(averaged_seconds * len(rows) * material_rate(codec) / len(pcm)))
            kept[AVERAGED] = _moving_average(rows, window)
        return kept

    return features_of


def material_rate(codec: CodecModel) -> int:
    return codec.spec.format.sample_rate


def log_mel_features(rate: int) -> FeaturesOf:
    """The plain spectrum: what a feature must beat."""
    config = SpectrumConfig(rate, window=1 << (rate // 40).bit_length(), hop=rate // GRID, bins=80)

    def features_of(pcm: Pcm) -> dict[str, Rows]:
        padded = np.pad(pcm, (config.window // 2, config.window // 2))
        return {LOG_MEL: Spectrum(config).push(padded)}

    return features_of


def _shown(names: list[str]) -> set[str]:
    """All points but most of the many levels of the acoustic codebooks."""
    levels = [name for name in names if name.startswith("acoustic.cum")]
    few = {*levels[:1], *levels[2:3], *levels[-1:]}
    return {name for name in names if name not in levels or name in few}


def _moving_average(rows: Rows, window: int) -> Rows:
    """The mean of the last frames: what a model would know that only smoothed."""
    summed = np.cumsum(np.concatenate([np.zeros_like(rows[:1]), rows]).astype(np.float64), axis=0)
    ends = np.arange(1, len(rows) + 1)
    starts = np.maximum(ends - window, 0)
    averaged: Rows = ((summed[ends] - summed[starts]) / (ends - starts)[:, None]).astype(np.float32)
    return averaged


def _slowed(rows: Rows, seconds: float, rate: float = GRID) -> Rows:
    """Frames averaged to a lower rate."""
    return _averaged(rows, max(1, int(seconds * rate)))


def _averaged(rows: Rows, wanted: int) -> Rows:
    """So many frames, each the mean of its share."""
    edges = np.arange(wanted) * len(rows) // wanted
    counts = np.diff(np.append(edges, len(rows)))[:, None]
    slowed: Rows = (np.add.reduceat(rows, edges, axis=0) / counts).astype(np.float32)
    return slowed


def _frames(moments: NDArray[np.float64], rate: float, count: int) -> NDArray[np.int64]:
    return np.minimum((moments * rate).astype(np.int64), count - 1)


def _pooled(rows: Rows, rate: float, utterance: Utterance) -> Rows:
    at = np.minimum(((np.arange(len(rows)) + 0.5) / rate * GRID).astype(int), len(utterance.voiced) - 1)
    voiced = rows[utterance.voiced[at]]
    used = voiced if len(voiced) >= 3 else rows
    pooled: Rows = np.concatenate([used.mean(axis=0), used.std(axis=0)])
    return pooled
