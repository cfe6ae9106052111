"""How a module reads its memory out of a State."""

from __future__ import annotations

from torch import Tensor

from core.nn.streaming import State


def part(state: State, name: str) -> State:
    """The memory of a module inside another."""
    inner = state[name]
    if isinstance(inner, Tensor):
        raise TypeError(f"{name} is a tensor, not the memory of a module")
    return inner


def tensor(state: State, name: str) -> Tensor:
    """A tensor of a memory."""
    value = state[name]
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} is the memory of a module, not a tensor")
    return value


def total_bytes(state: State) -> int:
    """How much a memory takes."""
    return sum(
        value.numel() * value.element_size() if isinstance(value, Tensor) else total_bytes(value)
        for value in state.values()
    )
