"""Checkpoints: all that a training needs to go on, in one file that appears whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.errors import ModelError, PalukuError, StorageError
from core.nn.checkpoint import open_weights, write_weights

_FACTS = "paluku.training"
_RNG = "rng"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment of a training: named tensors by part, and facts that are not tensors."""

    parts: Mapping[str, Mapping[str, Tensor]]
    facts: Mapping[str, Any] = field(default_factory=dict)


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint, with the state of torch's random numbers. The old one stays until it is whole."""
    tensors = {_RNG: torch.get_rng_state()}
    for part, weights in checkpoint.parts.items():
        tensors.update({f"{part}/{name}": value.clone() for name, value in weights.items()})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_weights(path, tensors, {_FACTS: json.dumps(checkpoint.facts)})
    except (StorageError, OSError) as error:
        raise StorageError(
            f"The checkpoint {path.name} could not be saved: {error}",
            "Is the disk full? The one before it is still whole: make room and run the same command again.",
        ) from error


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint, and set torch's random numbers to where they were."""
    try:
        file = open_weights(path)
        facts = json.loads(file.metadata[_FACTS])
        parts: dict[str, dict[str, Tensor]] = {}
        for name in file.shapes:
            if name == _RNG:
                torch.set_rng_state(file[name])
                continue
            part, _, rest = name.partition("/")
            parts.setdefault(part, {})[rest] = file[name]
    except (ModelError, KeyError, ValueError, RuntimeError) as error:
        raise PalukuError(
            f"The checkpoint {path} is damaged or is none: {error}", "Remove it to start anew."
        ) from error
    return Checkpoint(parts, facts)


def facts_of(path: Path) -> Mapping[str, Any]:
    """The facts of a checkpoint alone: its tensors are not read, and torch's random numbers stay."""
    try:
        facts: Mapping[str, Any] = json.loads(open_weights(path).metadata[_FACTS])
    except (ModelError, KeyError, ValueError) as error:
        raise PalukuError(
            f"The checkpoint {path} is damaged or is none: {error}", "Remove it to start anew."
        ) from error
    return facts


def optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """What an optimizer remembers of each weight, as named tensors."""
    state = optimizer.state_dict()["state"]
    return {
        f"{number}/{name}": torch.as_tensor(value)
        for number, memory in state.items()
        for name, value in memory.items()
    }


def fill_optimizer(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor]) -> None:
    """Give an optimizer back what it remembered."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        number, _, rest = name.partition("/")
        state.setdefault(int(number), {})[rest] = value
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
