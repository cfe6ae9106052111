"""Export of the live extender: a graph with explicit memory, its weights in half precision."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from core.cards import ModelCard
from core.enhance.features import HIGH_BINS, LOW_BINS
from core.errors import ModelError, StorageError
from core.graph import NEXT, SPEC_KEY, STATE
from core.new_card import write_card
from core.nn.streaming import State
from core.nn.superres.extender import Extender

_GRAPH = "extender.onnx"
_OPSET = 18
_LEAST_VALUES = 256  # smaller tensors stay in full precision


class _Flat(nn.Module):
    """The extender with its memory as a list of tensors, as a graph has it."""

    def __init__(self, model: Extender, names: list[str]) -> None:
        super().__init__()
        self.model = model
        self.names = names

    def forward(self, seen: Tensor, phasors: Tensor, *memory: Tensor) -> tuple[Tensor, ...]:
        state = _nested(dict(zip(self.names, memory, strict=True)))
        log_magnitude, phasor, after = self.model.extend(seen, phasors, state)
        flat = dict(_flattened(after))
        spectrum = torch.exp(log_magnitude).repeat(1, 1, 2) * phasor
        return *(flat[name] for name in self.names), spectrum


def export_extender(model: Extender, path: Path) -> None:
    """Write the graph: inputs `seen` and `phasors`, output `spectrum`, any number of frames at a time."""
    memory = dict(_flattened(model.initial_state(1)))
    names = sorted(memory)
    unfinished = path.with_name(path.name + ".part")
    inputs = (torch.zeros(1, 8, LOW_BINS + 1), torch.zeros(1, 8, 2 * HIGH_BINS))
    dynamic = {name: {1: "frames"} for name in ("seen", "phasors", "spectrum")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks about shapes that are fixed on purpose
        torch.onnx.export(
            _Flat(model.eval(), names),
            (*inputs, *(memory[name] for name in names)),
            str(unfinished),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["seen", "phasors", *(STATE + name for name in names)],
            output_names=[*(NEXT + name for name in names), "spectrum"],
            dynamic_axes=dynamic,
        )
    graph = onnx.load(str(unfinished))
    _halve(graph.graph)
    entry = graph.metadata_props.add()
    entry.key = SPEC_KEY
    entry.value = json.dumps({"extender": {"low_bins": LOW_BINS, "high_bins": HIGH_BINS}})
    onnx.checker.check_model(graph)
    onnx.save(graph, str(unfinished))
    unfinished.replace(path)


def export_model(model: Extender, id: str, folder: Path) -> ModelCard:
    """A folder that `paluku models import` takes: the graph and its card."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder} cannot be made: {error.strerror or error}.") from error
    export_extender(model, folder / _GRAPH)
    return write_card(
        folder,
        id=id,
        kind="enhance",
        title="Live extender, trained here",
        licence="that of its recordings",
        runtime="onnx",
        files={"extender": _GRAPH},
        parameters=sum(weight.numel() for weight in model.parameters()),
    )


def _halve(graph: onnx.GraphProto) -> None:
    """Keep big weights as 16-bit floats, widened when the graph is opened: half the file, as fast."""
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _LEAST_VALUES:
            continue
        if float(np.abs(values).max()) > 6e4:
            raise ModelError(f"A weight is too large for half precision ({tensor.name}).")
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def _flattened(state: State, prefix: str = "") -> Iterator[tuple[str, Tensor]]:
    for name, value in state.items():
        if isinstance(value, Tensor):
            yield prefix + name, value
        else:
            yield from _flattened(value, f"{prefix}{name}.")


def _nested(flat: dict[str, Tensor]) -> State:
    state: State = {}
    for name, value in flat.items():
        *rooms, last = name.split(".")
        inner = state
        for room in rooms:
            found = inner.setdefault(room, {})
            assert isinstance(found, dict)
            inner = found
        inner[last] = value
    return state
