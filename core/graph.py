"""Graph: an ONNX file whose memory is explicit. The only file that imports onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from core.errors import ModelError

STATE = "state."
NEXT = "next."
SPEC_KEY = "paluku.spec"

_DTYPES: dict[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(int8)": np.int8,
    "tensor(bool)": np.bool_,
}


class State:
    """What a graph remembers between steps. Opaque: only Graph may look inside."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, ort.OrtValue]) -> None:
        self._values = values

    @property
    def bytes(self) -> int:
        return sum(int(np.prod(v.shape())) * v.numpy().itemsize for v in self._values.values())


class Graph:
    """An ONNX file with explicit memory: each input `state.*` has an output `next.*`."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        self.path = path
        self._session = _open(path, threads)
        self._inputs = {i.name: i for i in self._session.get_inputs()}
        self._outputs = [o.name for o in self._session.get_outputs()]
        self._states = sorted(n.removeprefix(STATE) for n in self._inputs if n.startswith(STATE))
        self._check_states()

    @property
    def inputs(self) -> frozenset[str]:
        """The names of what a caller must give at each step."""
        return frozenset(n for n in self._inputs if not n.startswith(STATE))

    @property
    def outputs(self) -> frozenset[str]:
        return frozenset(n for n in self._outputs if not n.startswith(NEXT))

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of an input, as the file fixes it."""
        return tuple(self._inputs[name].shape)

    def spec(self) -> dict[str, Any]:
        """What the file says of itself ({} if it says nothing)."""
        text = self._session.get_modelmeta().custom_metadata_map.get(SPEC_KEY, "{}")
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ModelError(f"{self.path.name} describes itself in a form this version cannot read.")
        return found

    def initial_state(self, heard: State | None = None) -> State:
        """The memory before the first step. What `heard` holds under the same name is taken over."""
        inherited = {} if heard is None else heard._values
        values = {}
        for name in self._states:
            if name in inherited:
                values[name] = inherited[name]
                continue
            entry = self._inputs[STATE + name]
            values[name] = ort.OrtValue.ortvalue_from_numpy(np.zeros(entry.shape, _DTYPES[entry.type]))
        return State(values)

    def step(self, inputs: Mapping[str, NDArray[Any]], state: State) -> tuple[dict[str, NDArray[Any]], State]:
        """One step: what comes out, and the memory for the next one."""
        feeds = {name: ort.OrtValue.ortvalue_from_numpy(value) for name, value in inputs.items()}
        for name, value in state._values.items():
            feeds[STATE + name] = value
        results = self._session.run_with_ort_values(self._outputs, feeds)
        out: dict[str, NDArray[Any]] = {}
        memory: dict[str, ort.OrtValue] = {}
        for name, value in zip(self._outputs, results, strict=True):
            if name.startswith(NEXT):
                memory[name.removeprefix(NEXT)] = value
            else:
                out[name] = value.numpy()
        return out, State(memory)

    def _check_states(self) -> None:
        returned = sorted(n.removeprefix(NEXT) for n in self._outputs if n.startswith(NEXT))
        if returned != self._states:
            odd = sorted(set(returned) ^ set(self._states))
            raise ModelError(
                f"{self.path.name} does not return all it must remember ({', '.join(odd)}).",
                "Export the model again, or fetch it again.",
            )
        for name in self._states:
            shape = self._inputs[STATE + name].shape
            if not all(isinstance(size, int) for size in shape):
                raise ModelError(f"{self.path.name} has a memory of unknown size ({name}: {shape}).")


def _open(path: Path, threads: int) -> ort.InferenceSession:
    if not path.is_file():
        raise ModelError(f"The model file {path.name} is missing.", f"It was looked for in {path.parent}.")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # Two graphs share two cores: a spinning thread of one steals time from the other.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base class
        raise ModelError(
            f"The model file {path.name} cannot be read: it is damaged or of a newer version.",
            "Remove the model and fetch or copy it again.",
        ) from error


def providers() -> list[str]:
    """Where the installed onnxruntime can compute."""
    return [str(name) for name in ort.get_available_providers() if name != "AzureExecutionProvider"]
