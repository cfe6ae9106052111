"""OnnxTurnModel and OnnxDuplexModel: speech models as step graphs.

What the listening graph remembers, the speaking graph takes over by name: a decoder-only model is one file
in both roles, an encoder-decoder model two files that share the memory of what was heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.codecs.base import Codes
from core.errors import ModelError
from core.graph import Graph, State
from core.s2s.base import Listener, SpeechSpec, Spoken, Voice
from core.s2s.vocabulary import NOTHING, Vocabulary

FORCED = "forced"
SHORTENED = 8  # while a talk is shortened, it looks back on this part of what it could, or less
NOTHING_HEARD = -1  # the code of every codebook while a turn model speaks


class OnnxListener:
    """One user turn being heard by a graph."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self.state = graph.initial_state()

    def push(self, codes: Codes) -> str:
        words = []
        for t in range(codes.shape[1]):
            frame = np.ascontiguousarray(codes[:, t : t + 1])
            out, self.state = self._graph.step({"heard": frame}, self.state)
            if "text" in out:
                words.append(self._vocabulary.printed(int(out["text"][0])))
        return "".join(words)


class OnnxTurnModel:
    """A model that hears a whole turn, then answers, as two graphs that share their memory."""

    def __init__(self, spec: SpeechSpec, listen: Path, speak: Path, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self._vocabulary = vocabulary
        self._listen = Graph(listen)
        self._speak = Graph(speak)
        for graph in (self._listen, self._speak):
            graph.warm_up()

    def listen(self) -> OnnxListener:
        return OnnxListener(self._listen, self._vocabulary)

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> OnnxReply:
        assert isinstance(heard, OnnxListener), "a model answers what its own listener heard"
        return OnnxReply(self._speak, self.spec, self._vocabulary, voice, seed, heard.state, [])

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> OnnxReply:
        assert isinstance(heard, OnnxListener), "a model answers what its own listener heard"
        given = _speakable(words, self._speak, self._vocabulary)
        return OnnxReply(self._speak, self.spec, self._vocabulary, voice, seed, heard.state, given)


class OnnxReply(Iterator[Spoken]):
    """An answer being made by a graph, which says at each frame whether it has ended."""

    def __init__(
        self,
        graph: Graph,
        spec: SpeechSpec,
        vocabulary: Vocabulary,
        voice: Voice,
        seed: int,
        heard: State,
        given: list[int],
    ) -> None:
        self._steps = _Steps(graph, spec, voice, seed, given)
        self._vocabulary = vocabulary
        self._state = graph.initial_state(heard)
        self._left = int(spec.max_seconds * spec.frame_rate)

    def __next__(self) -> Spoken:
        if self._left <= 0:
            raise StopIteration
        self._left -= 1
        out, self._state = self._steps.step({}, self._state)
        if bool(out["end"][0]):
            self.close()
            raise StopIteration
        return _spoken(out, self._vocabulary)

    def set_voice(self, voice: Voice) -> None:
        self._steps.set_voice(voice)

    def close(self) -> None:
        self._left = 0


class OnnxDuplexModel:
    """A model that listens while it speaks, as one graph."""

    def __init__(self, spec: SpeechSpec, converse: Path, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self._vocabulary = vocabulary
        self._graph = Graph(converse)
        self._graph.warm_up()

    def converse(self, voice: Voice, *, seed: int) -> OnnxConversation:
        return OnnxConversation(self._graph, self.spec, self._vocabulary, voice, seed)


class OnnxConversation:
    """One talk with a duplex model."""

    def __init__(
        self, graph: Graph, spec: SpeechSpec, vocabulary: Vocabulary, voice: Voice, seed: int
    ) -> None:
        self._graph = graph
        self._steps = _Steps(graph, spec, voice, seed, [])
        self._vocabulary = vocabulary
        self._state = graph.initial_state()
        self._heard = ""
        self._shortened = False

    def push(self, codes: Codes) -> Spoken:
        if self._shortened and self._graph.remembered(self._state) >= self._graph.room // SHORTENED:
            self._graph.forget(self._state, self._graph.room // SHORTENED // 2)
        out, self._state = self._steps.step({"heard": np.ascontiguousarray(codes)}, self._state)
        if "heard_text" in out:
            self._heard += self._vocabulary.printed(int(out["heard_text"][0]))
        return _spoken(out, self._vocabulary)

    def words_heard(self) -> str:
        words, self._heard = self._heard, ""
        return words

    def set_voice(self, voice: Voice) -> None:
        self._steps.set_voice(voice)

    def say(self, words: str) -> None:
        self._steps.say(_speakable(words, self._graph, self._vocabulary))

    def shorten(self, on: bool) -> bool:
        """What was forgotten stays so; once off, the talk grows long again."""
        self._shortened = on and self._graph.room > 0
        return self._graph.room > 0


class _Steps:
    """The steps of one answer: adds to each the voice, the words to be said, and noise to sample with.

    A graph takes what it can use: `forced` is the next piece of given text (it answers `took` when it
    has begun it), `heard` is nothing while a turn model speaks.
    """

    def __init__(self, graph: Graph, spec: SpeechSpec, voice: Voice, seed: int, given: list[int]) -> None:
        self._graph = graph
        self._spec = spec
        self._random = np.random.default_rng(seed)
        self._given = list(given)
        self._always: dict[str, NDArray[Any]] = {}
        if "heard" in graph.inputs:
            self._always["heard"] = np.full((len(spec.codebook_sizes), 1), NOTHING_HEARD, np.int64)
        self.set_voice(voice)

    def set_voice(self, voice: Voice) -> None:
        wishes = {
            "speaker": _number(self._spec.speakers, voice.speaker, "speaker"),
            "emotion": _number(self._spec.emotions, voice.emotion, "emotion"),
            "language": _number(self._spec.languages, voice.language, "language"),
        }
        for name, value in wishes.items():
            if name in self._graph.inputs:
                self._always[name] = np.array([value], np.int64)
        for name, amount in (("strength", voice.strength), ("pace", voice.pace)):
            if name in self._graph.inputs:
                self._always[name] = np.array([amount], np.float32)

    def say(self, pieces: list[int]) -> None:
        self._given.extend(pieces)

    def step(self, inputs: dict[str, NDArray[Any]], state: State) -> tuple[dict[str, NDArray[Any]], State]:
        given = self._always | inputs
        if "noise" in self._graph.inputs:
            given["noise"] = self._random.random(self._graph.shape("noise"), np.float32)
        if FORCED in self._graph.inputs:
            given[FORCED] = np.array([self._given[0] if self._given else NOTHING], np.int64)
        out, after = self._graph.step(given, state)
        if self._given and bool(out["took"][0]):
            del self._given[0]
        return out, after


def _speakable(words: str, graph: Graph, vocabulary: Vocabulary) -> list[int]:
    if FORCED not in graph.inputs:
        raise ModelError("This model chooses its own words: it cannot say given ones.")
    return [piece for piece, _ in vocabulary.pieces(words)]


def _number(names: tuple[str, ...], name: str, what: str) -> int:
    if name not in names:
        raise ModelError(f"This model has no {what} “{name}”.", f"It has: {', '.join(names)}.")
    return names.index(name)


def _spoken(out: dict[str, NDArray[Any]], vocabulary: Vocabulary) -> Spoken:
    piece = int(out["text"][0]) if "text" in out else NOTHING
    return Spoken(codes=out["codes"], text=vocabulary.printed(piece))
