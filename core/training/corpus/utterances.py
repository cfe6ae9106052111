"""Utterances: endless streams of spoken sentences, one for each kind of voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.domain.book import LANGUAGES, Domain
from core.errors import PalukuError
from core.training.corpus import espeak as espeak_ng
from core.training.corpus import flite as flite_voices
from core.training.corpus.augment import tilted
from core.training.corpus.config import CorpusConfig
from core.training.corpus.desk import Answered, Asked, Sayings
from core.training.corpus.emotions import EMOTIONS
from core.training.corpus.espeak import Espeak
from core.training.corpus.festival import Festival
from core.training.corpus.flite import Flite
from core.training.corpus.reshape import dissected
from core.training.corpus.speakers import ACCENTS, SPEAKERS, crowd_voice
from core.training.corpus.take import Take, levelled
from core.training.corpus.text import sentences

Rng = np.random.Generator
NEUTRAL_SHARE = 0.4  # of the sentences, how many are said neutrally whatever else is drawn
FESTIVAL_SENTENCES = 8  # said by one start of festival
FESTIVAL_PATIENCE = 10  # so often it may stumble over all of them
HEADS = (0.92, 0.96, 1.0, 1.05, 1.1)  # further people made of flite's and festival's voices


@dataclass(frozen=True, slots=True)
class Utterance:
    """A take, and who says it how."""

    take: Take
    speaker: str
    emotion: str
    language: str
    source: str
    licence: str
    band: int


class Stage:
    """Everyone who can speak in this process, and the sentences they say."""

    def __init__(self, config: CorpusConfig) -> None:
        self.config = config
        self.texts = sayings(config)
        self._espeak: Espeak | None = None

    def speak(self, kind: str, rng: Rng) -> Iterator[Utterance]:
        """An endless stream of one kind of voice."""
        streams = {"named": self.named, "crowd": self.crowd, "flite": self.flite, "festival": self.festival}
        return streams[kind](rng)

    def named(self, rng: Rng) -> Iterator[Utterance]:
        """The four voices of Paluku, each sentence in several moods."""
        espeak, config = self._loaded_espeak(), self.config
        while True:
            language, text = self._sentence(rng)
            name = str(rng.choice(config.speakers))
            speaker = SPEAKERS[name]
            moods = rng.choice(config.emotions, config.moods_per_sentence, replace=False)
            if "neutral" in config.emotions and "neutral" not in moods and rng.random() < NEUTRAL_SHARE:
                moods[0] = "neutral"
            voice = f"{ACCENTS[language][0]}+{speaker.variant}"
            said = espeak.speak(text, voice, rate=speaker.rate, pitch=50, spread=55)
            said = replace(said, pcm=levelled(said.pcm, self.config.loudness_db)).at_rate(config.rate)
            anatomy = dissected(said)
            for mood in moods:
                emotion = EMOTIONS[str(mood)].at(float(rng.choice(config.strengths)))
                spoken = anatomy.spoken_by(speaker, emotion)
                # each mood keeps its own energy around the wanted loudness
                loudness = config.loudness_db + emotion.energy
                take = replace(spoken, pcm=levelled(spoken.pcm, loudness)).trimmed()
                yield Utterance(
                    take, name, str(mood), language, "espeak+world", espeak_ng.LICENCE, espeak.rate // 2
                )

    def crowd(self, rng: Rng) -> Iterator[Utterance]:
        """Hundreds of further voices: espeak-ng's own parameters, a smaller or bigger head, a tilt."""
        espeak = self._loaded_espeak()
        while True:
            language, text = self._sentence(rng)
            voice = crowd_voice(int(rng.integers(self.config.crowd_voices)))
            said = espeak.speak(
                text, voice.voice(language), rate=voice.rate, pitch=voice.pitch, spread=voice.spread
            )
            band = round(min(espeak.rate * voice.head, self.config.rate) / 2)
            take = self._finished(said, voice.head, voice.tilt)
            yield Utterance(take, voice.name, "neutral", language, "espeak", espeak_ng.LICENCE, band)

    def flite(self, rng: Rng) -> Iterator[Utterance]:
        """Flite's English voices, and more people made of them."""
        flite = Flite()
        while True:
            voice = str(rng.choice(flite_voices.VOICES))
            number, head = _head(rng)
            said = flite.speak(self.texts["en"].draw(rng), voice)
            take = self._finished(said, head, 0.0)
            speaker = f"flite-{voice}{number}"
            yield Utterance(take, speaker, "neutral", "en", "flite", flite_voices.LICENCE, said.rate // 2)

    def festival(self, rng: Rng) -> Iterator[Utterance]:
        """Festival's voices, recorded from people, and more people made of them."""
        festival = Festival()
        voices = [voice for voice in festival.voices if voice.language in self.texts]
        if not voices:
            raise PalukuError("festival has no voice for the languages of the config.")
        silent = 0
        while True:
            voice = voices[int(rng.integers(len(voices)))]
            texts = [self.texts[voice.language].draw(rng) for _ in range(FESTIVAL_SENTENCES)]
            takes = festival.speak(texts, voice)
            silent = 0 if takes else silent + 1
            if silent == FESTIVAL_PATIENCE:
                raise PalukuError(
                    f"festival says nothing with the voice {voice.id}.",
                    f"Install the package {voice.package} anew, or set festival to 0 in the config's mix.",
                )
            for said in takes:
                number, head = _head(rng)
                take = self._finished(said, head, 0.0)
                speaker = f"festival-{voice.speaker}{number}"
                yield Utterance(
                    take, speaker, "neutral", voice.language, "festival", voice.licence, said.rate // 2
                )

    def _sentence(self, rng: Rng) -> tuple[str, str]:
        shares = self.config.language_shares()
        language = str(rng.choice(list(shares), p=list(shares.values())))
        return language, self.texts[language].draw(rng)

    def _finished(self, said: Take, head: float, tilt: float) -> Take:
        take = said.in_a_smaller_head(head).at_rate(self.config.rate).trimmed()
        return replace(take, pcm=levelled(tilted(take.pcm, take.rate, tilt), self.config.loudness_db))

    def _loaded_espeak(self) -> Espeak:
        if self._espeak is None:
            self._espeak = Espeak()
        return self._espeak


def sayings(config: CorpusConfig) -> dict[str, Sayings]:
    """What is said in each language of a config."""
    daily = {language: sentences(language) for language in config.language_shares()}
    if config.sentences == "daily":
        return dict(daily)
    domain, kind = Domain.load(), Asked if config.sentences == "asked" else Answered
    if foreign := sorted(set(daily) - set(LANGUAGES)):
        raise PalukuError(f"At the desk nobody speaks {foreign[0]!r}.", f"Set [languages] {foreign[0]} to 0.")
    return {language: kind(domain, said) for language, said in daily.items()}


def _head(rng: Rng) -> tuple[str, float]:
    number = int(rng.integers(len(HEADS)))
    return ("" if HEADS[number] == 1.0 else f"~{number + 1}"), HEADS[number]
