"""Replies: whether what the model says can be understood, beside the synthesis it learned from."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from core.audio.base import Pcm
from core.domain.book import LANGUAGES, UNKNOWN, Domain
from core.domain.spoken import spoken_text
from core.s2s.base import Voice
from core.skills.registry import open_talk
from core.training.corpus.desk import worded
from core.training.corpus.emotions import EMOTION_NAMES, EMOTIONS
from core.training.corpus.espeak import Espeak
from core.training.corpus.reshape import dissected
from core.training.corpus.speakers import ACCENTS, SPEAKER_NAMES, SPEAKERS
from core.training.corpus.take import levelled
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.errors import TextErrors
from core.workbench.quality.talk.sphinx import Sphinx
from core.workbench.quality.talk.turns import RATE, SEED

LOUDNESS_DB = -23.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said, by whom and how."""

    text: str
    language: str
    speaker: str
    emotion: str


def lines(language: str, count: int) -> Iterator[Line]:
    """Answers of the dialogue to held-out phrasings, each by the next speaker in the next mood."""
    domain, rng = Domain.load(), Random(SEED)
    phrasings = [p for p in domain.all_phrasings(language, "test") if p.intent != UNKNOWN]
    rng.shuffle(phrasings)
    dialogue, _ = open_talk(domain=domain, seed=SEED)
    for number in range(count):
        asked = domain.say(phrasings[number % len(phrasings)], rng).text
        text = spoken_text(worded(dialogue.answer(asked, language).text, language), language)
        speaker = SPEAKER_NAMES[number % len(SPEAKER_NAMES)]
        yield Line(text, language, speaker, EMOTION_NAMES[number % len(EMOTION_NAMES)])


class Original:
    """The synthesis that the named voices are made of."""

    def __init__(self) -> None:
        self._espeak = Espeak()

    def say(self, line: Line) -> Pcm:
        speaker, emotion = SPEAKERS[line.speaker], EMOTIONS[line.emotion]
        voice = f"{ACCENTS[line.language][0]}+{speaker.variant}"
        take = self._espeak.speak(line.text, voice, rate=speaker.rate, pitch=50, spread=55)
        take = replace(take, pcm=levelled(take.pcm, LOUDNESS_DB)).at_rate(RATE)
        spoken = dissected(take).spoken_by(speaker, emotion)
        return replace(spoken, pcm=levelled(spoken.pcm, LOUDNESS_DB + emotion.energy)).trimmed().pcm


def replies(pair: Pair, per_language: int, say: Say) -> dict[str, Any]:
    """Words of replies as recognisers find them, with the original's beside them; first-sound latency."""
    original, latencies = Original(), []
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        said = list(lines(language, per_language))
        own = {"model": TextErrors(), "original": TextErrors()}
        sphinx = Sphinx.for_words(line.text for line in said) if language == "en" else None
        other = {"model": TextErrors(), "original": TextErrors()}
        for line in said:
            uttered = pair.say(line.text, Voice(line.speaker, line.emotion, line.language))
            latencies.append(uttered.first_sound_ms)
            sounds = {"model": uttered.pcm, "original": original.say(line)}
            for who, pcm in sounds.items():
                own[who].count(line.text, pair.hear(_levelled(pcm))[0])
                if sphinx is not None:
                    other[who].count(line.text, sphinx.hear(_levelled(pcm)))
        for name, counted in (("own ear", own), ("pocketsphinx", other if sphinx else {})):
            if counted:
                found[f"{language} {name}"] = {
                    f"{who} {figure}": value
                    for who, errors in counted.items()
                    for figure, value in errors.figures().items()
                }
                say(f"{language} {name}: {found[f'{language} {name}']}")
    ordered = sorted(latencies)
    found["first_sound_ms"] = {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
    }
    return found


def _levelled(pcm: Pcm) -> Pcm:
    return levelled(np.asarray(pcm, np.float32), LOUDNESS_DB)
