"""Turns: held-out phrasings said by held-out voices, the same ones for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from core.audio.base import Pcm
from core.domain.book import UNKNOWN, Domain
from core.domain.teaching import outside_sentences
from core.training.corpus.augment import coloured_noise, tilted
from core.training.corpus.desk import worded
from core.training.corpus.espeak import Espeak
from core.training.corpus.rooms import in_room, simulated_room
from core.training.corpus.speakers import CrowdVoice, crowd_voice
from core.training.corpus.splits import split_of
from core.training.corpus.take import levelled

RATE = 16_000
SEED = 20_011
NOISE_DB = 10.0
_VOICES = range(300, 3_000)  # none of the numbers that corpora use by default

Spoil = Callable[[Pcm, np.random.Generator], Pcm]


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """Something a user says, and what is meant by it."""

    pcm: Pcm
    text: str
    intent: str
    language: str
    voice: str


def spoken_turns(domain: Domain, language: str, count: int) -> Iterator[SpokenTurn]:
    """Held-out phrasings, each in a voice of its own, spread evenly over all intents."""
    espeak, rng = Espeak(), Random(SEED)
    phrasings = [p for p in domain.all_phrasings(language, "test") if p.intent != UNKNOWN]
    rng.shuffle(phrasings)
    voices = held_out_voices()
    for phrasing in (phrasings * (1 + count // len(phrasings)))[:count]:
        text = worded(domain.say(phrasing, rng).text, language)
        yield said(espeak, text, phrasing.intent, language, next(voices))


def outside_turns(language: str, count: int) -> Iterator[SpokenTurn]:
    """Sentences that nothing in the domain answers."""
    espeak, voices = Espeak(), held_out_voices()
    for text in outside_sentences()[language]["test"][:count]:
        yield said(espeak, text, UNKNOWN, language, next(voices))


def said(espeak: Espeak, text: str, intent: str, language: str, voice: CrowdVoice) -> SpokenTurn:
    """A text in a voice of the crowd."""
    take = espeak.speak(text, voice.voice(language), rate=voice.rate, pitch=voice.pitch, spread=voice.spread)
    take = take.in_a_smaller_head(voice.head).at_rate(RATE).trimmed()
    return SpokenTurn(levelled(tilted(take.pcm, RATE, voice.tilt)), text, intent, language, voice.name)


def held_out_voices() -> Iterator[CrowdVoice]:
    """Voices of the test split, endlessly."""
    while True:
        for number in _VOICES:
            if split_of((voice := crowd_voice(number)).name) == "test":
                yield voice


def spoiled(turn: SpokenTurn, spoil: Spoil, number: int) -> SpokenTurn:
    """The turn as it arrives; the same number gives the same noise and the same room."""
    return replace(turn, pcm=spoil(turn.pcm, np.random.default_rng([SEED, number])))


def clean(pcm: Pcm, rng: np.random.Generator) -> Pcm:
    return pcm


def in_noise(pcm: Pcm, rng: np.random.Generator) -> Pcm:
    """With coloured noise ten decibels below the voice."""
    loudness = float(np.sqrt(np.mean(np.square(pcm, dtype=np.float64))))
    noise = coloured_noise(len(pcm), rng, float(rng.uniform(0, 1.5)))
    return np.asarray(pcm + noise * np.float32(loudness * 10 ** (-NOISE_DB / 20)), np.float32)


def in_a_room(pcm: Pcm, rng: np.random.Generator) -> Pcm:
    return in_room(pcm, simulated_room(RATE, rng))


CONDITIONS: dict[str, Spoil] = {"clean": clean, "noise_10_db": in_noise, "room": in_a_room}
