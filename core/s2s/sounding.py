"""SoundingTurnModel: a speech model that hears letters, and says any words through their sounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.codecs.base import Codes
from core.errors import ModelError
from core.graph import Graph, State
from core.s2s.base import Listener, Reading, SpeechSpec, Spoken, Voice
from core.s2s.vocabulary import NOTHING, Vocabulary
from core.s2s.word_search import WordSearch
from core.s2s.words import WordStock

AUTO = "auto"
SIGNS = ",.?!"
NO_LETTER = 0
MISFIT = 2.5
"""How badly (log) known words may fit what was heard, for each sound."""
READINGS = 4
"""How many ways to read a turn are offered for choice."""
_FULL_STOP = "."
_TELUGU = range(0x0C00, 0x0C80)


class SoundingListener:
    """One user turn being heard, some frames at a time, and its words so far."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, stock: WordStock, silence: Codes) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._silence = silence  # [K, T]: what nothing sounds like
        self._state = graph.initial_state()
        self._waiting: list[Codes] = []
        self._together = graph.shape("heard")[1]
        self._search = WordSearch(stock)
        self._choose: Callable[[Sequence[Reading]], int] = lambda readings: 0
        self._told = 0
        self._letters = ""
        self._letter = NO_LETTER
        self._sound = NO_LETTER
        self.words = ""
        self.sounds: list[int] = []
        """Numbers of the sounds as they are, before any word is looked for."""

    def push(self, codes: Codes) -> str:
        for t in range(codes.shape[1]):
            self._waiting.append(codes[:, t : t + 1])
            if len(self._waiting) == self._together:
                frames, self._waiting = np.concatenate(self._waiting, axis=1), []
                out, self._state = self._graph.step({"heard": np.ascontiguousarray(frames)}, self._state)
                for letters, sounds in zip(out["letters"], out["sounds"], strict=True):
                    self._search.push(sounds)
                    self._spell(letters, sounds)
        return self._tell(self._search.certain())

    def prefer(self, choose: Callable[[Sequence[Reading]], int]) -> None:
        """All readings begin with the words that were told already."""
        self._choose = choose

    def last_words(self) -> Iterator[str]:
        """Words are heard a little late: silence brings out the last ones.

        Words that fit badly are none of those that are known: then what was heard is spelled.
        """
        for first in range(0, self._silence.shape[1], self._together):
            yield self.push(self._silence[:, first : first + self._together])
        best, *others = self._search.found(READINGS)
        if self._told == 0 and best.misfit > MISFIT * max(1, len(self.sounds)):
            spelled = self._letters.rstrip()
            self.words += spelled
            yield spelled
            return
        readings = [best, *others]
        meant = self._choose(
            [Reading(" ".join(one.words), self._search.likeness(one, best)) for one in readings]
        )
        yield self._tell(readings[meant].words)

    def likely_words(self) -> str:
        (best,) = self._search.found(1)
        return " ".join(best.words) if best.misfit <= MISFIT * max(1, len(self.sounds)) else ""

    def _tell(self, words: tuple[str, ...]) -> str:
        """The words from the first that was not told yet."""
        new = "".join(f" {word}" for word in words[self._told :])
        self._told = max(self._told, len(words))
        self.words += new
        return new

    def _spell(self, letters: NDArray[np.float32], sounds: NDArray[np.float32]) -> None:
        """Follow the letters and the sounds as they are."""
        letter, sound = int(letters.argmax()), int(sounds.argmax())
        if letter not in (NO_LETTER, self._letter):
            self._letters += self._vocabulary.printed(letter)
        if sound not in (NO_LETTER, self._sound):
            self.sounds.append(sound)
        self._letter, self._sound = letter, sound


class SoundingTurnModel:
    """A model that hears a whole turn, and says what it is given; by itself it says what it understood."""

    def __init__(
        self,
        spec: SpeechSpec,
        listen: Path,
        pronounce: Path,
        speak: Path,
        vocabulary: Vocabulary,
        stock: WordStock,
    ) -> None:
        self.spec = spec
        self._stock = stock
        self._vocabulary = vocabulary
        self._listen = Graph(listen)
        self._speak = Graph(speak)
        self._silence = np.array(self._listen.spec()["silence"], np.int64)
        pronouncing = Graph(pronounce)
        self._pronunciation = Pronunciation(pronouncing, vocabulary)
        for graph in (self._listen, pronouncing, self._speak):
            graph.warm_up()

    def listen(self) -> SoundingListener:
        return SoundingListener(self._listen, self._vocabulary, self._stock, self._silence)

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> SoundingReply:
        assert isinstance(heard, SoundingListener), "a model answers what its own listener heard"
        return self.say(heard.words, heard, voice, seed=seed)

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> SoundingReply:
        return SoundingReply(self._speak, self.spec, Script(words, self._pronunciation), voice)


class Pronunciation:
    """How words are pronounced; each is asked of the graph once."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}
        told = graph.spec()
        self.signs: Mapping[str, int] = {sign: int(told["signs"][sign]) for sign in SIGNS}
        self.word_start: int = int(told["word_start"])
        """What is added to a sound with which a word begins."""

    def sounds(self, word: str) -> tuple[int, ...]:
        if word not in self._known:
            self._known[word] = self._asked(word)
        return self._known[word]

    def _asked(self, word: str) -> tuple[int, ...]:
        longest = self._graph.shape("letters")[1]
        numbers = [number for letter in word if (number := self._vocabulary.number(letter)) is not None]
        found: list[int] = []
        for first in range(0, len(numbers), longest):
            letters = np.zeros((1, longest), np.int64)
            part = numbers[first : first + longest]
            letters[0, : len(part)] = part
            out, _ = self._graph.step({"letters": letters}, self._graph.initial_state())
            found += [int(sound) for sound in out["sounds"] if sound != NOTHING]
        return tuple(found)


class Script:
    """Words as the sounds and pauses to be said, each with what is printed when it begins; made as needed."""

    def __init__(self, words: str, pronunciation: Pronunciation) -> None:
        self.language = "te" if any(ord(letter) in _TELUGU for letter in words) else "en"
        self._pieces: list[tuple[int, str]] = []
        self._making = self._made(words, pronunciation)

    def piece(self, at: int) -> tuple[int, str] | None:
        """A sound and its text; None before the first one and after the last one."""
        if at < 0:
            return None
        while len(self._pieces) <= at:
            made = next(self._making, None)
            if made is None:
                return None
            self._pieces.append(made)
        return self._pieces[at]

    def _made(self, words: str, pronunciation: Pronunciation) -> Iterator[tuple[int, str]]:
        open_sentence, printed = False, ""
        for chunk in words.split():
            printed += f" {chunk}"
            sounds = pronunciation.sounds(chunk.lower())
            for number, sound in enumerate(sounds):
                yield (sound + pronunciation.word_start, printed) if number == 0 else (sound, "")
            if sounds:
                open_sentence, printed = True, ""
            if chunk[-1] in SIGNS and open_sentence:
                yield pronunciation.signs[chunk[-1]], printed
                open_sentence, printed = False, ""
        if open_sentence:
            yield pronunciation.signs[_FULL_STOP], printed


class SoundingReply(Iterator[Spoken]):
    """Given words being said, frame by frame; the graph says when a sound is over."""

    def __init__(self, graph: Graph, spec: SpeechSpec, script: Script, voice: Voice) -> None:
        self._graph = graph
        self._spec = spec
        self._script = script
        self._state: State = graph.initial_state()
        self._width = graph.shape("pieces")[1]
        self._at = 0
        self._printed = -1
        self._left = int(spec.max_seconds * spec.frame_rate)
        self._always: dict[str, NDArray[Any]] = {}
        self.set_voice(voice)

    def set_voice(self, voice: Voice) -> None:
        spoken = [name for name in self._spec.languages if name != AUTO]
        language = self._script.language if voice.language == AUTO else voice.language
        wishes = {
            "speaker": _number(self._spec.speakers, voice.speaker, "speaker"),
            "emotion": _number(self._spec.emotions, voice.emotion, "emotion"),
            "language": _number(tuple(spoken), language, "language"),
        }
        self._always = {name: np.array([number], np.int64) for name, number in wishes.items()}
        self._always["strength"] = np.array([voice.strength], np.float32)
        self._always["pace"] = np.array([voice.pace], np.float32)

    def __next__(self) -> Spoken:
        piece = self._script.piece(self._at)
        if piece is None or self._left <= 0:
            raise StopIteration
        self._left -= 1
        text = piece[1] if self._printed < self._at else ""
        self._printed = self._at
        out, self._state = self._graph.step({**self._always, "pieces": self._window()}, self._state)
        self._at += int(out["over"][0])
        return Spoken(codes=out["codes"], text=text)

    def prepare(self) -> Iterator[None]:
        """Find out how the first words are pronounced."""
        for at in range(self._width // 2 + 1):
            self._script.piece(at)
            yield

    def close(self) -> None:
        self._left = 0

    def _window(self) -> NDArray[np.int64]:
        """The sound of now with its neighbours on both sides."""
        reach = self._width // 2
        around = [self._script.piece(at) for at in range(self._at - reach, self._at + reach + 1)]
        return np.array([[piece[0] if piece else 0 for piece in around]], np.int64)


def _number(names: tuple[str, ...], name: str, what: str) -> int:
    if name not in names:
        raise ModelError(f"This model has no {what} “{name}”.", f"It has: {', '.join(names)}.")
    return names.index(name)
