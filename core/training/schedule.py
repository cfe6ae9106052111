"""Schedule: how fast to learn, as a share of the budget that is spent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.errors import PalukuError


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A rise, a plateau, and half a cosine that ends at zero with the last minute."""

    warm_up: float = 0.02
    """Share of the budget in which the rate rises."""
    plateau: float = 0.4
    """Share of the budget at which the rate begins to fall."""

    def __post_init__(self) -> None:
        if not 0 <= self.warm_up <= self.plateau <= 1:
            raise PalukuError(
                f"A schedule rises and then falls: {self.warm_up} and {self.plateau} are not such shares.",
                "Choose 0 <= warm_up <= plateau <= 1.",
            )

    def factor(self, spent: float) -> float:
        """What the learning rate is multiplied by when this share of the budget is spent."""
        if spent < self.warm_up:
            return max(spent / self.warm_up, 0.01)
        if spent < self.plateau:
            return 1.0
        if spent >= 1:
            return 0.0
        return 0.5 * (1 + math.cos(math.pi * (spent - self.plateau) / (1 - self.plateau)))
