"""Companion: a speech model that says what a dialogue answers, instead of choosing its words by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from core.codecs.base import Codes
from core.domain.dialogue import Dialogue
from core.domain.spoken import spoken_words
from core.domain.talk import Answer, Wish
from core.errors import PalukuError
from core.s2s.base import (
    GuessingListener,
    LateListener,
    Listener,
    Preparable,
    Reply,
    SpeechSpec,
    Spoken,
    TurnModel,
    UnsureListener,
    Voice,
)
from core.skills.registry import Registry

AUTO = "auto"
_FEWEST_LETTERS = 2  # less than that was not said to us: a cough, a door


class Companion:
    """A turn model that hears and speaks with another one, and answers through the domain and its skills."""

    def __init__(self, model: TurnModel, dialogue: Dialogue, skills: Registry) -> None:
        self._model = model
        self._dialogue = dialogue
        self._skills = skills
        self._left_off = ""
        self._fulfil: Callable[[Wish], None] = lambda wish: None
        languages = tuple(name for name in model.spec.languages if name != AUTO)
        self.spec: SpeechSpec = replace(model.spec, languages=(AUTO, *languages))

    def attend(self, fulfil: Callable[[Wish], None]) -> None:
        """From now on `fulfil` is told what an answer wishes of the engine, before the answer is spoken."""
        self._fulfil = fulfil

    def listen(self) -> CompanionListener:
        return CompanionListener(self._model.listen(), self._dialogue)

    def read(self, words: str) -> CompanionListener:
        """A turn that was typed: as if these words had been heard."""
        listener = self.listen()
        listener.words, listener.typed = words, True
        return listener

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        assert isinstance(heard, CompanionListener), "a model answers what its own listener heard"
        if sum(letter.isalnum() for letter in heard.words) < _FEWEST_LETTERS:
            return Silence(voice)
        self._sit_down(voice)
        answer = self._dialogue.answer(heard.words, heard=not heard.typed)
        for wish in answer.wishes:
            self._fulfil(wish)
            voice = with_wish(voice, wish, self.spec)  # who says “I am Arjun now” is Arjun
        return self._spoken(self._going_on(answer), heard, voice, seed, self._interrupted)

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        return self.tell(Answer(words, self._language(words, voice)), heard, voice, seed=seed)

    def tell(self, answer: Answer, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        """Say this answer, though it is none to what was heard."""
        assert isinstance(heard, CompanionListener), "a model answers what its own listener heard"
        return self._spoken(answer, heard, voice, seed, lambda answer, rest: None)

    def due(self) -> list[Answer]:
        """What must be said now though nobody asked: timers, alarms, reminders that came due."""
        return self._dialogue.ring()

    @property
    def waits(self) -> bool:
        """Whether anything will come due."""
        return self._skills.desk.rings.any_waiting

    def troubles(self) -> list[PalukuError]:
        """What went wrong with skills and with saved alarms since this was last asked."""
        found: list[PalukuError] = [*self._skills.errors]
        self._skills.errors.clear()
        rings = self._skills.desk.rings
        if rings.trouble:
            found.append(rings.trouble)
            rings.trouble = None
        return found

    def _sit_down(self, voice: Voice) -> None:
        """The desk as it is before a turn: the voice that is in use, the language that was chosen."""
        now = self._skills.desk.voice
        now.speaker, now.emotion, now.pace = voice.speaker, voice.emotion, voice.pace
        self._skills.desk.memory.language = "" if voice.language == AUTO else voice.language

    def _going_on(self, answer: Answer) -> Answer:
        """The answer, with what was interrupted where it was asked for."""
        if not any(wish.what == "play" for wish in answer.wishes):
            return answer
        if not self._left_off:
            return self._skills.desk.replies.answer("play", answer.language, "none")
        rest, self._left_off = self._left_off, ""
        return replace(answer, text=f"{answer.text} {rest}")

    def _language(self, words: str, voice: Voice) -> str:
        return self._dialogue.language_of(words) if voice.language == AUTO else voice.language

    def _spoken(
        self,
        answer: Answer,
        heard: CompanionListener,
        voice: Voice,
        seed: int,
        interrupted: Callable[[Answer, str], None],
    ) -> CompanionReply:
        words = spoken_words(answer.text, answer.language)
        mood = answer.emotion if answer.emotion in self.spec.emotions else voice.emotion
        colours = _Colours(mood, answer.language, self._model.spec.languages)
        said = " ".join(spoken for _, spoken in words if spoken)
        frames = self._model.say(said, heard.inner, colours.of(voice), seed=seed) if said else Silence(voice)
        return CompanionReply(frames, words, voice, colours, partial(interrupted, answer))

    def _interrupted(self, answer: Answer, rest: str) -> None:
        if answer.intent != "stop" and rest:  # to stop is to stop what was said before
            self._left_off = rest


class CompanionListener:
    """One user turn being heard, and the words of it."""

    def __init__(self, inner: Listener, dialogue: Dialogue) -> None:
        self.inner = inner
        self._dialogue = dialogue
        self.words = ""
        self.typed = False
        if isinstance(inner, UnsureListener):
            inner.prefer(dialogue.meant)

    def push(self, codes: Codes) -> str:
        words = self.inner.push(codes)
        self.words += words
        return words

    def closed(self) -> float:
        likely = self.inner.likely_words() if isinstance(self.inner, GuessingListener) else self.words
        return self._dialogue.closed(likely)

    def last_words(self) -> Iterator[str]:
        if isinstance(self.inner, LateListener):
            for words in self.inner.last_words():
                self.words += words
                yield words


@dataclass(frozen=True, slots=True)
class _Colours:
    """What an answer adds to the voice: its own mood, where none was chosen, and its language."""

    mood: str
    language: str
    languages: tuple[str, ...]

    def of(self, voice: Voice) -> Voice:
        language = self.language if self.language in self.languages else self.languages[0]
        return replace(
            voice, emotion=self.mood if voice.emotion == "neutral" else voice.emotion, language=language
        )


class CompanionReply(Iterator[Spoken]):
    """An answer being spoken; its text is that of the dialogue, word for word as it is written."""

    def __init__(
        self,
        frames: Reply,
        words: list[tuple[str, str]],
        voice: Voice,
        colours: _Colours,
        interrupted: Callable[[str], None],
    ) -> None:
        self._frames = frames
        self._words = words
        self._colours = colours
        self._told_interrupted = interrupted
        self._begun = 0  # spoken words that the model has begun
        self._written = 0  # written words that were told
        self._last: Codes | None = None
        self._ended = False
        self.voice = colours.of(voice)

    def prepare(self) -> Iterator[None]:
        if isinstance(self._frames, Preparable):
            yield from self._frames.prepare()

    def __next__(self) -> Spoken:
        spoken = next(self._frames, None)
        if spoken is not None:
            self._last = spoken.codes
            self._begun += spoken.text.count(" ")
            return Spoken(spoken.codes, self._words_begun())
        rest = self._rest()
        self._written, self._ended = len(self._words), True
        if rest and self._last is not None:  # the model lost count of its words: they were said all the same
            return Spoken(self._last, f" {rest}")
        raise StopIteration

    def set_voice(self, voice: Voice) -> None:
        self.voice = self._colours.of(voice)
        self._frames.set_voice(self.voice)

    def close(self) -> None:
        self._frames.close()
        if not self._ended:
            self._ended = True
            self._told_interrupted(self._from_sentence())

    def _words_begun(self) -> str:
        told = ""
        while self._written < len(self._words):
            written, spoken = self._words[self._written]
            before = sum(len(said.split()) for _, said in self._words[: self._written])
            if spoken and before >= self._begun:
                break
            told += f" {written}"
            self._written += 1
        return told

    def _rest(self) -> str:
        return " ".join(written for written, _ in self._words[self._written :])

    def _from_sentence(self) -> str:
        """What was not said, from the beginning of the sentence in which it was interrupted."""
        if self._written >= len(self._words):
            return ""
        at = max(0, self._written - 1)
        while at > 0 and not re.search(r"[.?!]$", self._words[at - 1][0]):
            at -= 1
        return " ".join(written for written, _ in self._words[at:])


class Silence(Iterator[Spoken]):
    """No answer: nothing was said to us."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def __next__(self) -> Spoken:
        raise StopIteration

    def set_voice(self, voice: Voice) -> None:
        self.voice = voice

    def close(self) -> None:
        """There is nothing to end."""


def with_wish(voice: Voice, wish: Wish, spec: SpeechSpec) -> Voice:
    """The voice as it is wished, as far as the model can."""
    if wish.what == "pace":
        return replace(voice, pace=float(wish.value))
    if wish.what == "speaker" and wish.value in spec.speakers:
        return replace(voice, speaker=str(wish.value))
    if wish.what == "emotion" and wish.value in spec.emotions:
        return replace(voice, emotion=str(wish.value))
    if wish.what == "language" and wish.value in spec.languages:
        return replace(voice, language=str(wish.value))
    return voice
