"""Rings: what a step graph remembers of the tokens of a talk, and how it forgets the older ones.

The tokens lie in rings as long as the longest talk that a model looks back on. A clock counts them: where
the talk stands, and which is the first token still held. A step looks only as far as its rings are filled,
so a talk that has forgotten most of its past costs what a young one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

RINGS_KEY = "paluku.rings"
"""In a graph's file: the names of its rings, by the clock that they follow."""

POSITION, START = "position", "start"
"""States of a clock: the number of tokens so far, and the first one that its rings still hold."""


class Memory(Protocol):
    """What a stream remembers between two steps, by name."""

    def read(self, name: str) -> NDArray[Any]:
        """What is remembered; a view where it can be one."""

    def write(self, name: str, value: NDArray[Any], slots: slice | None = None) -> None:
        """Remember something else: all of it, or these slots of a ring [1, H, slots, D]."""


class Rings:
    """The rings of one graph."""

    def __init__(self, names: Mapping[str, list[str]], capacity: int) -> None:
        self._names = names
        self.capacity = capacity if names else 0
        """Tokens that are remembered at most; 0 where none can be forgotten."""

    def held(self, memory: Memory) -> int:
        """How many tokens are remembered now."""
        return max((self._span(memory, clock)[1] for clock in self._names), default=0)

    def forget(self, memory: Memory, kept: int) -> None:
        """Only the newest tokens stay, laid out as if the talk had begun with them."""
        for clock, rings in self._names.items():
            end, held = self._span(memory, clock)
            count = min(kept, held)
            start = int(memory.read(f"{clock}.{START}")[0])
            newest = np.arange(end - start - count, end - start) % self.capacity
            for ring in rings:
                memory.write(ring, memory.read(ring)[:, :, newest], slice(count))
            memory.write(f"{clock}.{START}", np.array([end - count]))

    def _span(self, memory: Memory, clock: str) -> tuple[int, int]:
        """Where a talk stands, and how many of its tokens are held."""
        start, end = (int(memory.read(f"{clock}.{name}")[0]) for name in (START, POSITION))
        return end, min(end - start, self.capacity)
