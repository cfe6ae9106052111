"""The bookkeeping around a CUDA graph, with a graph that only pretends: it plays its part again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import torch

from core.nn.s2s.generation import Generation, VoiceNumbers
from core.nn.s2s.graphed_step import GraphedStep
from core.nn.s2s.prompt import Prompt
from core.nn.s2s.step import FrameStep
from core.s2s.sampling import SpeechSampling
from tests.core.nn.s2s.tiny_speech import duplex


class Stream:
    def wait_stream(self, other: object) -> None:
        """Nothing runs beside anything here."""


@contextmanager
def nothing(*_: object) -> Iterator[None]:
    yield


@pytest.fixture
def graphed(monkeypatch: pytest.MonkeyPatch) -> GraphedStep:
    step = GraphedStep(FrameStep(duplex(), SpeechSampling()))

    class Graph:
        def replay(self) -> None:
            for place, value in zip(step._result, step._play(), strict=True):
                place.copy_(value)

    monkeypatch.setattr(torch.cuda, "CUDAGraph", Graph)
    monkeypatch.setattr(torch.cuda, "Stream", Stream)
    monkeypatch.setattr(torch.cuda, "current_stream", Stream)
    monkeypatch.setattr(torch.cuda, "stream", nothing)
    monkeypatch.setattr(torch.cuda, "graph", nothing)
    return step


def talk(step: object, seed: int, prompt: Prompt | None = None) -> list[list[int]]:
    model = duplex()
    generation = Generation(model, step, voice=VoiceNumbers(1, 2, 3), seed=seed, state=model.initial_state(1))
    if prompt:
        generation.begin_with(prompt)
    heard = np.random.default_rng(seed).integers(0, 16, (3, 25))
    made = [generation.hear(heard[:, frame]) for frame in range(25)]
    return [[m.text, m.heard_text, *m.codes[:, 0].tolist()] for m in made if m]


def test_a_graph_changes_nothing(graphed: GraphedStep) -> None:
    plain = FrameStep(duplex(), SpeechSampling())
    codes = np.random.default_rng(5).integers(0, 16, (3, 4))
    prompt = Prompt(np.array([3, 0, 4, 0]), codes, codes)
    for seed, begun in ((1, None), (2, None), (3, prompt)):
        assert talk(graphed, seed, begun) == talk(plain, seed, begun)
