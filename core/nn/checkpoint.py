"""Weights files: read without running anything in them, written whole or not at all."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from core.errors import ModelError, StorageError

Shapes = Mapping[str, tuple[int, ...]]
Weights = Mapping[str, Tensor]

_WRAPPERS = ("state_dict", "model", "weights", "best_state", "generator")
_SHOWN = 5
_AGAIN = "Fetch or copy the file again."


class WeightsFile(Weights):
    """The named tensors of a file, with their shapes at hand and their values read when asked for."""

    def __init__(
        self, path: Path, shapes: Shapes, metadata: Mapping[str, str], weights: Weights | None
    ) -> None:
        self.path = path
        self.shapes = shapes
        self.metadata = metadata
        self._weights = weights

    def __getitem__(self, name: str) -> Tensor:
        if name not in self.shapes:
            raise KeyError(name)
        if self._weights is not None:
            return self._weights[name]
        with safe_open(self.path, framework="pt") as file:
            tensor: Tensor = file.get_tensor(name)
        return tensor

    def __iter__(self) -> Iterator[str]:
        return iter(self.shapes)

    def __len__(self) -> int:
        return len(self.shapes)


def open_weights(path: Path) -> WeightsFile:
    """A weights file, told by its first bytes: safetensors, or a PyTorch file that holds only tensors."""
    try:
        with path.open("rb") as file:
            start = file.read(9)
        size = path.stat().st_size
    except OSError as error:
        raise ModelError(f"The weights file {path.name} cannot be read: {error.strerror}.") from error
    if len(start) == 9 and start[8:] == b"{":
        if struct.unpack("<Q", start[:8])[0] + 8 > size:
            raise ModelError(f"The weights file {path.name} is cut short.", _AGAIN)
        return _open_safetensors(path)
    return _open_pickle(path)


def _open_safetensors(path: Path) -> WeightsFile:
    try:
        with safe_open(path, framework="pt") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
            metadata = file.metadata() or {}
    except SafetensorError as error:
        raise ModelError(f"The weights file {path.name} is damaged ({error}).", _AGAIN) from error
    return WeightsFile(path, shapes, metadata, None)


def _open_pickle(path: Path) -> WeightsFile:
    try:
        with path.open("rb") as file:  # given a path, torch would judge by the name
            loaded = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"The weights file {path.name} is not a plain list of tensors. Nothing in it was run.",
            "It may be damaged, or hold a program. Look for the same weights as .safetensors.",
        ) from error
    except Exception as error:  # what the file asks for, torch calls: that fails in every way there is
        raise ModelError(f"The weights file {path.name} is damaged or not a weights file.", _AGAIN) from error
    weights = _tensors(loaded)
    if not weights:
        raise ModelError(f"The weights file {path.name} holds no tensors.")
    shapes = {name: tuple(tensor.shape) for name, tensor in weights.items()}
    return WeightsFile(path, shapes, {}, weights)


def _tensors(loaded: object) -> dict[str, Tensor]:
    """The named tensors of a checkpoint, out of the wrapper that training scripts put around them."""
    if not isinstance(loaded, Mapping):
        return {}
    for wrapper in _WRAPPERS:
        if isinstance(loaded.get(wrapper), Mapping):
            return _tensors(loaded[wrapper])
    return {str(name): value for name, value in loaded.items() if isinstance(value, Tensor)}


def fill(model: nn.Module, weights: Weights, name: str) -> None:
    """Copy weights into a model; a missing, extra or misshapen one is an error that names it."""
    wanted = {key: tuple(tensor.shape) for key, tensor in model.state_dict().items()}
    given = {key: tuple(tensor.shape) for key, tensor in weights.items()}
    swapped = [
        f"{key} is {given[key]}, not {shape}"
        for key, shape in wanted.items()
        if key in given and given[key] != shape
    ]
    faults = [
        f"{what}: {_shown(names)}"
        for what, names in (
            ("missing", [key for key in wanted if key not in given]),
            ("not part of it", [key for key in given if key not in wanted]),
            ("wrong shape", swapped),
        )
        if names
    ]
    if faults:
        raise ModelError(
            f"The weights do not fit {name} ({'; '.join(faults)}).",
            "They belong to another model or version, or the file was changed.",
        )
    model.load_state_dict(dict(weights))


def write_weights(path: Path, weights: Weights, metadata: Mapping[str, str]) -> None:
    """Save as safetensors: the file appears when it is whole."""
    unfinished = path.with_name(path.name + ".part")
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    try:
        save_file(plain, unfinished, dict(metadata))
        unfinished.replace(path)
    except (OSError, SafetensorError) as error:
        unfinished.unlink(missing_ok=True)
        raise StorageError(f"The weights could not be saved to {path}: {error}.") from error


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
