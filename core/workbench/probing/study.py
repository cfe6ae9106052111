"""Study: every point of a codec measured beside its controls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from core.workbench.analysis.architecture import Architecture, analyse
from core.workbench.analysis.subject import Subject, same_but_random
from core.workbench.probing.abx import draw_triples
from core.workbench.probing.alike import Alike, Gram, compare, gram
from core.workbench.probing.answers import Answer, answer_all
from core.workbench.probing.held import Held, Questions, held_by
from core.workbench.probing.held import to_json as held_json
from core.workbench.probing.look import (
    AVERAGED,
    FeaturesOf,
    codec_features,
    log_mel_features,
    look_through,
)
from core.workbench.probing.material import Material, read_material

SCHEMA, VERSION = "paluku/probes", 1
Progress = Callable[[str], None]


@dataclass(frozen=True)
class StudyConfig:
    """How much is looked at."""

    speakers: int = 12
    utterances: int = 12
    questions: int = 400
    """Of each ABX test."""
    seed: int = 0


@dataclass(frozen=True)
class Study:
    """What a codec knows at each of its points, and what that is worth beside the controls."""

    name: str
    trained: bool
    speakers: int
    utterances: int
    seconds: float
    pitch_matched: tuple[float, float] | None
    """Lowest and highest median pitch, in Hz, of the speakers of the same pitch."""
    points: tuple[Held, ...]
    untrained: tuple[Held, ...]
    """The same points of a codec of the same shape with random weights."""
    log_mel: Held
    averaged: Held | None
    """A moving average over what the Transformer sees, in its place."""
    majority: float
    """How often the commonest phoneme would be right."""
    prices: dict[str, float]
    """Multiply-accumulates a second for each point."""
    alike: Alike = field(default_factory=lambda: Alike((), ()))
    """How much any two points say the same, and each of them the plain spectrum."""
    answers: tuple[Answer, ...] = ()

    @property
    def chance(self) -> float:
        return 1 / self.speakers

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "model": self.name,
            "trained": self.trained,
            "speakers": self.speakers,
            "utterances": self.utterances,
            "seconds": round(self.seconds, 2),
            "chance_speaker": self.chance,
            "chance_phoneme": self.majority,
            "pitch_matched_hz": self.pitch_matched,
            "points": [
                {**held_json(held), "macs_so_far": self.prices.get(held.name)} for held in self.points
            ],
            "random_weights": [held_json(held) for held in self.untrained],
            "log_mel": held_json(self.log_mel),
            "moving_average": held_json(self.averaged) if self.averaged else None,
            "alike": self.alike.to_json(),
            "answers": [
                {"question": answer.question, "answer": answer.words, **answer.figures}
                for answer in self.answers
            ],
        }


def study(
    subject: Subject, corpus: Path, config: StudyConfig, progress: Progress = lambda words: None
) -> Study:
    """Measure a codec with a corpus."""
    codec = subject.codec()
    rate = codec.spec.format.sample_rate
    material = read_material(
        corpus, rate, speakers=config.speakers, utterances=config.utterances, seed=config.seed
    )
    architecture = analyse(subject)
    questions = _questions(material, config)
    progress("listening with its weights")
    found, grams = _measured(codec_features(codec, _context_seconds(architecture)), questions)
    averaged = found.pop(AVERAGED, None)
    progress("listening with random weights")
    control = same_but_random(codec, config.seed + 1)
    untrained, _ = _measured(codec_features(control, None), questions)
    plain, plain_grams = _measured(log_mel_features(rate), questions)
    (log_mel,) = plain.values()
    grams = {name: each for name, each in grams.items() if name in found} | plain_grams
    made = Study(
        name=subject.name,
        trained=subject.trained,
        speakers=len(material.speakers),
        utterances=len(material.utterances),
        seconds=sum(len(u.pcm) for u in material.utterances) / rate,
        pitch_matched=_pitch_range(material),
        points=tuple(found.values()),
        untrained=tuple(untrained.values()),
        log_mel=log_mel,
        averaged=averaged,
        majority=_majority(material),
        alike=compare(grams),
        prices={point.name: point.macs_so_far for point in architecture.points},
    )
    return Study(**{**made.__dict__, "answers": answer_all(made, list(architecture.points))})


def _questions(material: Material, config: StudyConfig) -> Questions:
    rng = np.random.default_rng(config.seed)
    return Questions(
        material=material,
        triples=draw_triples(material.tokens, config.questions, config.seed),
        shuffled=rng.permutation(material.speaker_ids),
        seed=config.seed,
    )


def _measured(features_of: FeaturesOf, questions: Questions) -> tuple[dict[str, Held], dict[str, Gram]]:
    looks = look_through(features_of, questions.material)
    found, grams = {}, {}
    for name in list(looks):
        look = looks.pop(name)
        found[name], grams[name] = held_by(look, questions), gram(look.frames, questions.seed)
    return found, grams


def _context_seconds(architecture: Architecture) -> float | None:
    """How far the first Transformer of the encoder sees."""
    inside = (each for each in architecture.transformers if each.path.startswith("encoder"))
    return next((each.context_seconds for each in inside), None)


def _pitch_range(material: Material) -> tuple[float, float] | None:
    alike = material.alike_in_pitch()
    if not len(alike):
        return None
    pitch = material.median_pitch()[alike]
    return float(pitch.min()), float(pitch.max())


def _majority(material: Material) -> float:
    labels = np.concatenate([utterance.phonemes for utterance in material.utterances])
    _, counts = np.unique(labels[labels >= 0], return_counts=True)
    return float(counts.max() / counts.sum()) if len(counts) else 0.0
