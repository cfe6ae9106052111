"""Recorded: what a speech model makes of people's own recordings, sentence by sentence and in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.audio.wav import read_pcm
from core.domain.book import UNKNOWN, Domain
from core.domain.understand import Understander
from core.s2s.sounding import SoundingListener
from core.training.corpus.desk import worded
from core.training.speech.reading import Reading
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.errors import TextErrors, distance
from core.workbench.quality.talk.recordings import Recording, read_recordings


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording, and what was heard and understood of it."""

    file: str
    language: str
    group: str
    text: str
    heard: str
    intent: str
    """What is meant."""
    intent_of: str
    """Who says so: the `list`, or the `text` as it is understood when it is read."""
    understood: str
    guess: str
    """The likeliest intent, also where the sentence was refused."""
    sounds: int
    """Sounds of the text; 0 where nothing tells them."""
    wrong_sounds: int

    @property
    def right(self) -> bool:
        return self.understood == self.intent

    def __str__(self) -> str:
        verdict = "right" if self.right else f"{self.understood}, not {self.intent}"
        return f"{self.file}: “{self.heard}”: {verdict}"


def recorded_quality(pair: Pair, folder: Path, tell: Callable[[Heard], None]) -> dict[str, Any]:
    """Figures by language and by group, and every sentence with what was heard, told as it comes.

    A sentence is heard whole, as a talk hears a file. Nobody tells the model its language: a talk, too,
    finds it in the words.
    """
    domain = Domain.load()
    told = []
    for one in heard_recordings(pair, read_recordings(folder, domain), Understander.load(domain)):
        tell(one)
        told.append(one)
    languages = sorted({one.language for one in told})
    groups = sorted({one.group for one in told if one.group})
    return {
        "languages": {name: figures([one for one in told if one.language == name]) for name in languages},
        "groups": {name: figures([one for one in told if one.group == name]) for name in groups},
        "sentences": [{**asdict(one), "right": one.right} for one in told],
    }


def heard_recordings(
    pair: Pair, recordings: Sequence[Recording], understander: Understander
) -> Iterator[Heard]:
    """Each recording as the model hears it."""
    reading, rate = Reading(), pair.codec.spec.format.sample_rate
    for recording in recordings:
        text = worded(recording.text, recording.language)
        words, listener = pair.hear(read_pcm(recording.path, rate), understander.meant)
        understood = understander.understand(words, heard=True)
        intent = recording.intent or understander.understand(text, recording.language).intent
        sounds = reading.of(text, recording.language) if isinstance(listener, SoundingListener) else []
        wrong = distance(sounds, listener.sounds) if isinstance(listener, SoundingListener) and sounds else 0
        yield Heard(
            recording.file,
            recording.language,
            recording.group,
            text,
            words,
            intent,
            "list" if recording.intent else "text",
            understood.intent,
            understood.guess,
            len(sounds),
            wrong,
        )


def figures(told: Sequence[Heard]) -> dict[str, float | int | None]:
    """How often what is meant was understood, what cannot be answered was refused, and what was misheard."""
    asked = [one for one in told if one.intent != UNKNOWN]
    outside = [one for one in told if one.intent == UNKNOWN]
    errors = TextErrors()
    for one in told:
        if one.text:
            errors.count(one.text, one.heard)
    texts = errors.figures() if errors.words else {"letter_error": None, "word_error": None}
    sounds = sum(one.sounds for one in told)
    return {
        "recordings": len(told),
        "asked": len(asked),
        "intent": _share([one.right for one in asked]),
        "guess": _share([one.guess == one.intent for one in asked]),
        "asked_refused": _share([one.understood == UNKNOWN for one in asked]),
        "outside": len(outside),
        "outside_refused": _share([one.right for one in outside]),
        "intent_by_list": sum(one.intent_of == "list" for one in told),
        **texts,
        "sound_error": round(sum(one.wrong_sounds for one in told) / sounds, 4) if sounds else None,
    }


def _share(which: Sequence[bool]) -> float | None:
    return round(sum(which) / len(which), 4) if which else None
