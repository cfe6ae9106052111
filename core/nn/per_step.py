"""PerStep: one layer with several sets of weights, chosen by the step."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn


class PerStep(nn.Module):
    """A layer that uses the weights `schedule[step]` for the token of each step; one set if there is none.

    The step is a plain number and not a tensor, so that a graph holds exactly the weights it needs.
    """

    def __init__(self, make: Callable[[], nn.Module], schedule: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.schedule = schedule
        self.sets = nn.ModuleList(make() for _ in range(max(schedule, default=0) + 1))

    def forward(self, x: Tensor, first_step: int = 0) -> Tensor:  # [B, T, D] -> [B, T, D']
        if not self.schedule:
            only: Tensor = self.sets[0](x)
            return only
        steps = self.schedule[first_step : first_step + x.shape[1]]
        if len(steps) < x.shape[1]:
            raise ValueError(f"steps {first_step} to {first_step + x.shape[1]} are not in the schedule")
        tokens = [self.sets[weights](x[:, t : t + 1]) for t, weights in enumerate(steps)]
        return torch.cat(tokens, dim=1)
