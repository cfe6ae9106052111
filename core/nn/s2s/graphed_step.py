"""GraphedStep: a whole frame step as one CUDA graph, so that no time is lost between its many small parts."""

from __future__ import annotations

import torch
from torch import Tensor

from core.nn.s2s.step import FrameStep, StepInputs, StepResult
from core.nn.s2s.voice import VoiceTokens
from core.nn.streaming import State

_WARM_UPS = 3  # CUDA wants its libraries set up before a graph is recorded


class GraphedStep:
    """A frame step recorded once and played again for each frame of one stream.

    Its inputs and its memory have fixed places: every call copies the inputs in, and the graph itself puts
    the new memory where the old one was.
    """

    def __init__(self, step: FrameStep) -> None:
        self._step = step
        self._graph: torch.cuda.CUDAGraph | None = None

    def __call__(self, inputs: StepInputs, state: State) -> tuple[StepResult, State]:
        if self._graph is None:
            self._record(inputs, state)
        if state is not self._state:  # another talk, or a prompt came in between
            _write_back(self._state, state)
        for place, value in zip(_tensors(self._inputs), _tensors(inputs), strict=True):
            place.copy_(value)
        assert self._graph is not None
        self._graph.replay()
        return self._result, self._state

    def _record(self, inputs: StepInputs, state: State) -> None:
        self._inputs = _copy(inputs)
        self._state = state
        before = {name: leaf.clone() for name, leaf in _leaves(state)}
        side = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(_WARM_UPS):
                self._step(self._inputs, state)
        torch.cuda.current_stream().wait_stream(side)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._result = self._play()
        for name, leaf in _leaves(state):
            leaf.copy_(before[name])  # what was rehearsed has not happened

    def _play(self) -> StepResult:
        """What the graph holds."""
        played: tuple[StepResult, State] = self._step(self._inputs, self._state)
        _write_back(self._state, played[1])
        return played[0]


def _copy(inputs: StepInputs) -> StepInputs:
    return StepInputs(
        tokens=inputs.tokens.clone(),
        forced=inputs.forced.clone(),
        word=inputs.word.clone(),
        patient=inputs.patient.clone(),
        noise=inputs.noise.clone(),
        voice=VoiceTokens(*(tensor.clone() for tensor in inputs.voice)),
    )


def _tensors(inputs: StepInputs) -> list[Tensor]:
    return [tensor for tensor in inputs if isinstance(tensor, Tensor)] + list(inputs.voice)


def _leaves(state: State, prefix: str = "") -> list[tuple[str, Tensor]]:
    found = []
    for name, value in sorted(state.items(), key=lambda item: item[0]):
        inside = f"{prefix}.{name}"
        found += [(inside, value)] if isinstance(value, Tensor) else _leaves(value, inside)
    return found


def _write_back(state: State, after: State) -> None:
    for (_, place), (_, value) in zip(_leaves(state), _leaves(after), strict=True):
        if place.data_ptr() != value.data_ptr():  # rings are written in place already
            place.copy_(value)
