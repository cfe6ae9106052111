"""StepGraph: one step of a model as an ONNX graph, its memory as inputs and outputs."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import onnx
import torch
from torch import Tensor, nn
from torch.onnx.utils import register_custom_op_symbolic, unregister_custom_op_symbolic

from core.graph import NEXT, SPEC_KEY, STATE
from core.nn.streaming import State

OPSET = 17

Step = Callable[[Tensor, State], tuple[Tensor, State]]


class StepGraph(nn.Module):
    """A step from one input and a memory to one output and the memory after it, all as flat tensors.

    A graph's memory begins as zeros. Where a model's does not, what goes in and out is the difference.
    """

    def __init__(self, model: nn.Module, step: Step, state: State) -> None:
        super().__init__()
        self.model = model  # for its weights
        self.step = step
        self.state = state
        self.start = flat(state)
        self.names = list(self.start)

    def forward(self, x: Tensor, *memory: Tensor) -> tuple[Tensor, ...]:
        held = {name: self._moved(name, value, 1) for name, value in zip(self.names, memory, strict=True)}
        y, after = self.step(x, nested(held, self.state))
        found = flat(after)
        return y, *(self._moved(name, found[name], -1) for name in self.names)

    def _moved(self, name: str, value: Tensor, sign: int) -> Tensor:
        start = self.start[name]
        if not start.any():
            return value
        return value ^ start if start.dtype == torch.bool else value + sign * start


def export_step(
    graph: StepGraph, x: Tensor, names: tuple[str, str], spec: Mapping[str, Any]
) -> onnx.ModelProto:
    """The graph from the input to the output of these names, checked, with what it says of itself."""
    memory = tuple(torch.zeros_like(value) for value in graph.start.values())
    buffer: Any = io.BytesIO()  # the exporter takes any file, and says it takes paths
    # this exporter is the old one, and warns of it and of every shape that it takes as fixed: ours are
    with torch.inference_mode(), warnings.catch_warnings(), _powers_of_two():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            (x, *memory),
            buffer,
            input_names=[names[0], *(STATE + name for name in graph.names)],
            output_names=[names[1], *(NEXT + name for name in graph.names)],
            opset_version=OPSET,
            dynamo=False,
        )
    made = onnx.load_from_string(buffer.getvalue())
    entry = made.metadata_props.add()
    entry.key, entry.value = SPEC_KEY, json.dumps(spec)
    onnx.checker.check_model(made)
    return made


@contextmanager
def _powers_of_two() -> Iterator[None]:
    """The exporter has no word for exp2."""

    def exp2(g: Any, x: Any) -> Any:
        return g.op("Pow", g.op("Constant", value_t=torch.tensor(2.0)), x)

    register_custom_op_symbolic("aten::exp2", exp2, OPSET)
    try:
        yield
    finally:
        unregister_custom_op_symbolic("aten::exp2", OPSET)


def flat(state: State, prefix: str = "") -> dict[str, Tensor]:
    """The tensors of a memory under dotted names."""
    found: dict[str, Tensor] = {}
    for name, value in state.items():
        if isinstance(value, Tensor):
            found[prefix + name] = value
        else:
            found |= flat(value, f"{prefix}{name}.")
    return found


def nested(tensors: Mapping[str, Tensor], like: State, prefix: str = "") -> State:
    """`flat` undone, for a memory built like another."""
    return {
        name: tensors[prefix + name]
        if isinstance(value, Tensor)
        else nested(tensors, value, f"{prefix}{name}.")
        for name, value in like.items()
    }
