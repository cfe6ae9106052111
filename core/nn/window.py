"""Window: which past a token may see, and where in a ring that past lies."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, kw_only=True)
class Window:
    """A sliding look at the past that takes the same room for talks of any length.

    Token p lies in slot p % capacity of a ring. All is computed from positions, so that one fixed set of
    tensor operations serves every moment of a talk.
    """

    context: int
    """Tokens that a query sees, itself included."""
    step_size: int = 1
    """The longest chunk of a live step; the ring has room for it beside the full context."""
    sinks: int = 0
    """First tokens of a talk that stay visible for ever, outside the ring."""

    def __post_init__(self) -> None:
        if self.context < 1 or self.step_size < 1 or self.sinks < 0:
            raise ValueError(f"a window needs a context and a step of one token or more, not {self}")

    @property
    def capacity(self) -> int:
        return self.context + self.step_size - 1

    def slots(self, positions: Tensor) -> Tensor:  # [T] -> [T]
        return positions % self.capacity

    def held(self, end: Tensor) -> Tensor:  # [1] -> [capacity]
        """The position that each slot holds when `end` tokens were written; negative where still empty."""
        slots = torch.arange(self.capacity, device=end.device)
        return end - 1 - (end - 1 - slots) % self.capacity

    def visible(self, queries: Tensor, keys: Tensor) -> Tensor:  # [T], [S] -> [T, S]
        """Which keys a query sees. The sinks are not among them: they are kept apart."""
        distance = queries[:, None] - keys
        return (distance >= 0) & (distance < self.context) & (keys >= self.sinks)

    def sink_distance(self, queries: Tensor) -> Tensor:  # [T] -> [T, sinks]
        """How far back a query sees each sink; those that the window left behind stay right before it."""
        sinks = torch.arange(self.sinks, device=queries.device)
        return torch.minimum(queries[:, None] - sinks, self.context - 1 + self.sinks - sinks)
