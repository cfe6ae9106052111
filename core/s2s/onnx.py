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
                words.append(self._vocabulary.text(int(out["text"][0])))
        return "".join(words)


class OnnxTurnModel:
    """A model that hears a whole turn, then answers, as two graphs that share their memory."""

    def __init__(self, spec: SpeechSpec, listen: Path, speak: Path, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self._vocabulary = vocabulary
        self._listen = Graph(listen)
        self._speak = Graph(speak)

    def listen(self) -> OnnxListener:
        return OnnxListener(self._listen, self._vocabulary)

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Iterator[Spoken]:
        assert isinstance(heard, OnnxListener), "a model answers what its own listener heard"
        state = self._speak.initial_state(heard.state)
        steps = _Steps(self._speak, self.spec, voice, seed)
        nothing = np.full((len(self.spec.codebook_sizes), 1), NOTHING_HEARD, np.int64)
        heard_now = {"heard": nothing} if "heard" in self._speak.inputs else {}
        for _ in range(int(self.spec.max_seconds * self.spec.frame_rate)):
            out, state = steps.step(heard_now, state)
            if bool(out["end"][0]):
                return
            yield _spoken(out, self._vocabulary)


class OnnxDuplexModel:
    """A model that listens while it speaks, as one graph."""

    def __init__(self, spec: SpeechSpec, converse: Path, vocabulary: Vocabulary) -> None:
        self.spec = spec
        self._vocabulary = vocabulary
        self._graph = Graph(converse)

    def converse(self, voice: Voice, *, seed: int) -> OnnxConversation:
        return OnnxConversation(self._graph, self.spec, self._vocabulary, voice, seed)


class OnnxConversation:
    """One talk with a duplex model."""

    def __init__(
        self, graph: Graph, spec: SpeechSpec, vocabulary: Vocabulary, voice: Voice, seed: int
    ) -> None:
        self._steps = _Steps(graph, spec, voice, seed)
        self._vocabulary = vocabulary
        self._state = graph.initial_state()

    def push(self, codes: Codes) -> Spoken:
        out, self._state = self._steps.step({"heard": np.ascontiguousarray(codes)}, self._state)
        return _spoken(out, self._vocabulary)


class _Steps:
    """The steps of one answer: adds the voice and the noise that sampling needs to each."""

    def __init__(self, graph: Graph, spec: SpeechSpec, voice: Voice, seed: int) -> None:
        self._graph = graph
        self._random = np.random.default_rng(seed)
        wishes = {
            "speaker": _number(spec.speakers, voice.speaker, "speaker"),
            "emotion": _number(spec.emotions, voice.emotion, "emotion"),
            "language": _number(spec.languages, voice.language, "language"),
        }
        self._voice: dict[str, NDArray[Any]] = {
            name: np.array([value], np.int64) for name, value in wishes.items() if name in graph.inputs
        }
        if "strength" in graph.inputs:
            self._voice["strength"] = np.array([voice.strength], np.float32)

    def step(self, inputs: dict[str, NDArray[Any]], state: State) -> tuple[dict[str, NDArray[Any]], State]:
        given = self._voice | inputs
        if "noise" in self._graph.inputs:
            shape = self._graph.shape("noise")
            given["noise"] = self._random.random(shape, np.float32)
        return self._graph.step(given, state)


def _number(names: tuple[str, ...], name: str, what: str) -> int:
    if name not in names:
        raise ModelError(f"This model has no {what} “{name}”.", f"It has: {', '.join(names)}.")
    return names.index(name)


def _spoken(out: dict[str, NDArray[Any]], vocabulary: Vocabulary) -> Spoken:
    piece = int(out["text"][0]) if "text" in out else NOTHING
    return Spoken(codes=out["codes"], text=vocabulary.text(piece))
