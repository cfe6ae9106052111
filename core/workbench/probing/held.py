"""Held: what one point holds of the speaker, of what is said, and of pitch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.workbench.probing.abx import Triples
from core.workbench.probing.abx import answers as abx_answers
from core.workbench.probing.bootstrap import Estimate, estimate, estimate_mean
from core.workbench.probing.linear import Answers, classify, explained, macro_f1, regress
from core.workbench.probing.look import Look
from core.workbench.probing.material import Material
from core.workbench.probing.separation import (
    equal_error_rate,
    fisher_ratio,
    silhouette,
    similarities,
)
from core.workbench.probing.sequence import phoneme_error_rate

Ints = NDArray[np.int64]

FEWEST_FRAMES = 12  # of a phoneme that is asked for
FEWEST_MATCHED = 20  # utterances of speakers of the same pitch: of fewer, one decides too much
FEWEST_VOICED = 100  # moments with pitch


@dataclass(frozen=True)
class Held:
    """The measures of one point; None where the material does not allow them."""

    name: str
    rate: float
    speaker: Estimate
    """Accuracy of a linear probe on utterances."""
    speaker_f1: float
    matched: Estimate | None
    """The same among speakers of the same pitch."""
    shuffled: Estimate
    """The same when the speakers' names are shuffled: what chance looks like here."""
    error_rate: Estimate
    """Equal error rate of “the same voice?” by cosine."""
    silhouette: float
    fisher: float
    phoneme: Estimate | None
    """Accuracy of a linear probe on frames."""
    phoneme_f1: float | None
    abx_within: Estimate | None
    """Share of right answers, one voice."""
    abx_across: Estimate | None
    """Share of right answers, two voices."""
    pitch: Estimate | None
    """R² of the logarithm of the pitch."""
    hits: tuple[float, ...]
    """Of each utterance: 1 where the speaker probe was right, so that points can be compared in pairs."""
    phoneme_errors: Estimate | None = None
    """Phoneme error rate of whole utterances, read by a linear probe: may be above 1."""


@dataclass(frozen=True)
class Questions:
    """What is asked of every point alike."""

    material: Material
    triples: Triples
    shuffled: Ints  # [U]: speakers in another order
    seed: int


def held_by(look: Look, questions: Questions) -> Held:
    """Measure one point."""
    material, seed = questions.material, questions.seed
    vectors, speakers = look.vectors, material.speaker_ids
    utterances = np.arange(len(speakers))
    similar = similarities(vectors)
    told = classify(vectors, speakers, utterances, seed)
    by_chance = classify(vectors, questions.shuffled, utterances, seed)
    phoneme, phoneme_f1 = _phonemes(look, material, seed)
    return Held(
        name=look.name,
        rate=look.rate,
        speaker=_estimated(told, seed),
        speaker_f1=macro_f1(told),
        matched=_matched(vectors, material, seed),
        shuffled=_estimated(by_chance, seed),
        error_rate=estimate(
            lambda items: equal_error_rate(similar[np.ix_(items, items)], speakers[items]), utterances, seed
        ),
        silhouette=silhouette(similar, speakers),
        fisher=fisher_ratio(vectors, speakers),
        phoneme=phoneme,
        phoneme_f1=phoneme_f1,
        abx_within=_abx(look, questions.triples.within, seed),
        abx_across=_abx(look, questions.triples.across, seed),
        pitch=_pitch(look, material, seed),
        hits=tuple((told.said == told.true).astype(float).tolist()),
        phoneme_errors=phoneme_error_rate(look, material, seed),
    )


def _estimated(answers: Answers, seed: int) -> Estimate:
    right = (answers.said == answers.true).astype(np.float64)
    return estimate_mean(right, answers.groups, seed)


def _matched(vectors: NDArray[np.float64], material: Material, seed: int) -> Estimate | None:
    alike = material.alike_in_pitch()
    if not len(alike):
        return None
    own = np.isin(material.speaker_ids, alike)
    if np.count_nonzero(own) < FEWEST_MATCHED:
        return None
    speakers = material.speaker_ids[own]
    return _estimated(classify(vectors[own], speakers, np.arange(len(speakers)), seed), seed)


def _phonemes(look: Look, material: Material, seed: int) -> tuple[Estimate | None, float | None]:
    labels = np.concatenate([utterance.phonemes for utterance in material.utterances])
    names, counts = np.unique(labels[labels >= 0], return_counts=True)
    asked = np.isin(labels, names[counts >= FEWEST_FRAMES])
    if len(np.unique(labels[asked])) < 2:
        return None, None
    told = classify(look.frames[asked], labels[asked], _owners(material)[asked], seed)
    return _estimated(told, seed), macro_f1(told)


def _pitch(look: Look, material: Material, seed: int) -> Estimate | None:
    pitch = np.concatenate([utterance.pitch for utterance in material.utterances])
    voiced = pitch > 0
    if np.count_nonzero(voiced) < FEWEST_VOICED:
        return None
    told = regress(look.frames[voiced], np.log2(pitch[voiced]), _owners(material)[voiced], seed)

    def share(items: Ints) -> float:
        return explained(Answers(told.said[items], told.true[items], told.groups[items]))

    return estimate(share, told.groups, seed)


def _abx(look: Look, triples: Ints, seed: int) -> Estimate | None:
    if not len(triples):
        return None
    right = abx_answers(look, triples)
    return estimate_mean(right, np.arange(len(right)), seed)


def _owners(material: Material) -> Ints:
    """The utterance of each moment."""
    return np.concatenate([np.full(len(u.moments), n) for n, u in enumerate(material.utterances)])


def to_json(held: Held) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in held.__dict__.items():
        if name == "hits":
            continue
        found[name] = [value.value, value.low, value.high] if isinstance(value, Estimate) else value
    return found
