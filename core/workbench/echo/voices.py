"""Voices: who talks in the scenes: synthetic ones made on the spot, or recordings of a folder."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.audio.resample import resample
from core.training.corpus.rooms import sounds_in
from core.workbench.spoken import Line, say

LOUDNESS_DB = -26.0
_PAUSE_SECONDS = 0.35  # between two sentences of a narration
_LEAST_PAUSE_SECONDS, _PAUSE_UNDER_DB = 0.22, 35.0  # of somebody's own pause: longer than a consonant

_NARRATED = (
    ("te", "ఒక ఊరిలో ఒక ముసలి రైతు ఉండేవాడు. అతనికి ముగ్గురు కొడుకులు, ఒక చిన్న పొలం ఉన్నాయి."),
    ("en-us", "Once upon a time an old farmer lived at the edge of a forest with his three sons."),
    ("hi", "एक दिन उसने अपने बेटों को बुलाया और कहा, मेरे खेत में एक ख़ज़ाना छिपा है।"),
    ("te", "వాళ్ళు పొలమంతా తవ్వారు కానీ బంగారం దొరకలేదు. ఆ సంవత్సరం పంట బాగా పండింది."),
    ("en-us", "They sold the rice in the market, and then they understood what he had meant."),
    ("hi", "मेहनत ही सबसे बड़ा ख़ज़ाना है, यह बात वे कभी नहीं भूले।"),
)
_VARIANTS = ("", "+f2", "+m3", "+f4", "+m7")
_INTERRUPTIONS = (
    ("te", "ఆగు ఆగు, నాకు ఇంకొక ప్రశ్న ఉంది"),
    ("en-us", "No wait, tell me about the weather instead"),
    ("hi", "रुको रुको, मुझे कुछ और पूछना है"),
    ("te", "అది కాదు, ఇప్పుడు సమయం ఎంత"),
    ("en-us", "Please stop, I want to ask another question"),
)
_SENTENCES = (  # where there is no comma, somebody stops to think after the middle word
    ("te", "నేను రేపు ఉదయం ఊరికి వెళ్తున్నాను, కానీ సాయంత్రం తిరిగి వస్తాను."),
    ("en-us", "When the rain stops, I want to walk down to the river."),
    ("hi", "मुझे कल सुबह जल्दी उठना है, इसलिए अलार्म लगा दो."),
    ("te", "వంట గదిలో పది నిమిషాల తర్వాత నాకు గుర్తు చెయ్యి."),
    ("en-us", "Set a timer for twenty five minutes from now."),
    ("hi", "दिल्ली से हैदराबाद की अगली गाड़ी का समय बताओ."),
    ("te", "మా అమ్మ పంపిన డబ్బు వచ్చింది, ఇప్పుడు పుస్తకాలు కొనాలి."),
    ("en-us", "My brother lives in another city, and he calls me every Sunday."),
    ("hi", "दुकान बंद होने से पहले, मुझे दूध और चावल लाने हैं."),
    ("te", "ఈ రోజు వాతావరణం ఎలా ఉంటుందో నాకు చెప్పు."),
)
_NODS = (("te", "అవును"), ("hi", "हाँ"), ("en-us", "mm"), ("te", "ఊ"))


@dataclass(frozen=True)
class Voices:
    """Sound of people, each at the same loudness."""

    narration: Pcm = field(repr=False)
    interruptions: list[Pcm] = field(repr=False)
    nods: list[Pcm] = field(repr=False)
    sentences: list[list[Pcm]] = field(repr=False)
    """Each in its parts, between which somebody may pause."""


def synthetic_voices(rate: int) -> Voices:
    """Several voices in three languages, by espeak-ng."""
    lines = [Line(text, language + _VARIANTS[i % 3], 150, 45) for i, (language, text) in enumerate(_NARRATED)]
    others = [
        Line(text, language + _VARIANTS[-1 - i % 4], 165, 60)
        for i, (language, text) in enumerate(_INTERRUPTIONS)
    ]
    nods = [Line(text, language + _VARIANTS[i], 170, 55) for i, (language, text) in enumerate(_NODS)]
    said = [
        Line(text, language + _VARIANTS[i % 5], 150 + 5 * (i % 4), 40 + 5 * (i % 5))
        for i, (language, text) in enumerate(_SENTENCES)
    ]
    spoken = say([*lines, *others, *nods, *said])
    takes = [at_loudness(resample(take.pcm, take.rate, rate)) for take in spoken]
    told, rest, sentences = takes[: len(lines)], takes[len(lines) : -len(said)], takes[-len(said) :]
    return Voices(
        joined(told, rate),
        rest[: len(others)],
        rest[len(others) :],
        [
            in_parts(pcm, rate) or _cut(pcm, round(take.words[len(take.words) // 2].end * rate))
            for pcm, take in zip(sentences, spoken[-len(said) :], strict=True)
        ],
    )


def recorded_voices(folder: Path, rate: int, nods: list[Pcm]) -> Voices:
    """Half of a folder's recordings are narrated, the others interrupt."""
    found = [at_loudness(pcm) for pcm in sounds_in(folder, rate)]
    random.Random(4).shuffle(found)
    half = len(found) // 2
    others = [from_onset(pcm, rate) for pcm in found[half:]]
    paused = [parts for pcm in others if (parts := in_parts(pcm, rate))]
    return Voices(joined(found[:half], rate), others, nods, paused or [[pcm] for pcm in others])


def joined(parts: list[Pcm], rate: int) -> Pcm:
    """One after another, with short pauses."""
    pause = np.zeros(round(_PAUSE_SECONDS * rate), np.float32)
    return np.concatenate([piece for part in parts for piece in (part, pause)])


def in_parts(pcm: Pcm, rate: int) -> list[Pcm]:
    """What lies between its own pauses; nothing where it has none."""
    size = rate // 100
    power = np.square(pcm[: len(pcm) // size * size], dtype=np.float64).reshape(-1, size).mean(axis=1)
    level = 10 * np.log10(power + 1e-10)
    quiet = level < max(float(level.max()) - _PAUSE_UNDER_DB, float(np.percentile(level, 5)) + 5)
    loud = np.flatnonzero(~quiet)
    breaks = np.flatnonzero(np.diff(loud) >= round(_LEAST_PAUSE_SECONDS / 0.01))
    if len(breaks) == 0:
        return []
    begins, ends = [loud[0], *loud[breaks + 1]], [*loud[breaks], loud[-1]]
    return [pcm[begin * size : (end + 1) * size] for begin, end in zip(begins, ends, strict=True)]


def _cut(pcm: Pcm, at: int) -> list[Pcm]:
    return [pcm[:at], pcm[at:]]


def at_loudness(pcm: Pcm, db: float = LOUDNESS_DB) -> Pcm:
    """As loud as this, its pauses not counted."""
    loud = np.abs(pcm) > 0.02 * max(float(np.abs(pcm).max()), 1e-6)
    level = float(np.sqrt(np.mean(np.square(pcm[loud], dtype=np.float64)))) if loud.any() else 1.0
    return np.asarray(pcm * (10 ** (db / 20) / level), np.float32)


def from_onset(pcm: Pcm, rate: int) -> Pcm:
    """From where its voice begins: the first hundredth of its greatest power."""
    return pcm[onset(pcm, rate) :]


def onset(pcm: Pcm, rate: int) -> int:
    """Where its voice begins."""
    size = rate // 50
    power = np.square(pcm[: len(pcm) // size * size], dtype=np.float64).reshape(-1, size).mean(axis=1)
    return int(np.argmax(power > 0.01 * power.max())) * size


def offset(pcm: Pcm, rate: int) -> int:
    """Where its voice ends."""
    return len(pcm) - onset(pcm[::-1], rate)
