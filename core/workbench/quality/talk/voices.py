"""Voices: whether a classifier that knows the original voices tells the model's speakers and moods apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.domain.book import LANGUAGES
from core.s2s.base import Voice
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.speakers import SPEAKER_NAMES
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.replies import Line, Original, lines
from core.workbench.quality.talk.turns import RATE
from core.workbench.quality.timbre import fingerprint

Say = Callable[[str], None]
Floats = NDArray[np.float64]
_SHRINK = 0.05  # of a covariance towards a round one: few examples, many numbers


def voices_told(pair: Pair, sentences: int, say: Say) -> dict[str, Any]:
    """Every speaker in every mood: taught by the original on some sentences, tried on others."""
    original = Original()
    taught = [line for language in LANGUAGES for line in lines(language, sentences)]
    tried = [list(lines(language, sentences + 1))[-1] for language in LANGUAGES]
    known = _every(taught, lambda line: pair_round_trip(pair, original.say(line)))
    others = {
        "original": _every(tried, lambda line: pair_round_trip(pair, original.say(line))),
        "model": _every(
            tried, lambda line: pair.say(line.text, Voice(line.speaker, line.emotion, line.language)).pcm
        ),
    }
    found: dict[str, Any] = {}
    for what, names in (("speaker", SPEAKER_NAMES), ("emotion", EMOTION_NAMES)):
        told = Discriminant(known[0], [getattr(line, what) for line in known[1]], names)
        for who, (features, said) in others.items():
            right = [told.name(row) == getattr(line, what) for row, line in zip(features, said, strict=True)]
            found[f"{who} {what}"] = round(sum(right) / len(right), 4)
    found["tried"] = len(others["model"][1])
    say(f"voices: {found}")
    return found


def pair_round_trip(pair: Pair, pcm: Pcm) -> Pcm:
    """A sound through the codec: what the model could reach at best."""
    size = pair.codec.spec.format.frame_size
    encoder, decoder = pair.codec.encoder(), pair.codec.decoder()
    frames = pcm[: len(pcm) // size * size].reshape(-1, size)
    return np.concatenate([decoder.push(encoder.push(frame)) for frame in frames])


class Discriminant:
    """A linear discriminant: the class whose mean is nearest, seen through what all classes share."""

    def __init__(self, features: Floats, labels: Sequence[str], names: Sequence[str]) -> None:
        self._names = list(names)
        self._middle, self._spread = features.mean(axis=0), features.std(axis=0) + 1e-9
        rows = (features - self._middle) / self._spread
        means = np.array([rows[[label == name for label in labels]].mean(axis=0) for name in names])
        rest = rows - means[[self._names.index(label) for label in labels]]
        shared = rest.T @ rest / len(rest)
        shared = (1 - _SHRINK) * shared + _SHRINK * np.trace(shared) / len(shared) * np.eye(len(shared))
        self._weights = np.linalg.solve(shared, means.T)  # [F, C]
        self._offsets = -0.5 * np.einsum("cf,fc->c", means, self._weights)

    def name(self, row: Floats) -> str:
        scores = ((row - self._middle) / self._spread) @ self._weights + self._offsets
        return self._names[int(scores.argmax())]


def _every(said: Sequence[Line], say: Callable[[Line], Pcm]) -> tuple[Floats, list[Line]]:
    lines_said = [
        Line(line.text, line.language, speaker, emotion)
        for line in said
        for speaker in SPEAKER_NAMES
        for emotion in EMOTION_NAMES
    ]
    return np.array([described(say(line), len(line.text)) for line in lines_said]), lines_said


def described(pcm: Pcm, letters: int) -> Floats:
    """A voice in numbers: timbre, pitch and how it moves, loudness, pace, breath."""
    import pyworld

    sound = np.ascontiguousarray(pcm, np.float64)
    pitch, _ = pyworld.dio(sound, RATE, f0_floor=55.0, f0_ceil=600.0, frame_period=10.0)
    voiced = 12 * np.log2(pitch[pitch > 0]) if (pitch > 0).sum() > 3 else np.zeros(4)
    moves = np.diff(voiced)
    loud = np.sqrt(np.mean(np.square(sound))) + 1e-9
    more = [
        *np.percentile(voiced, (10, 50, 90)),
        voiced.std(),
        np.abs(moves[np.abs(moves) < 3]).mean() if len(moves) else 0.0,
        (pitch > 0).mean(),
        20 * np.log10(loud),
        np.log(len(sound) / RATE / max(1, letters)),
    ]
    return np.concatenate([fingerprint(np.asarray(pcm, np.float32), RATE), more])
