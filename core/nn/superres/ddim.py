"""DDIM: from noise to a latent in few steps, for a network that predicts velocities."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core.errors import PalukuError

_COSINE_OFFSET = 8e-3
_FEWEST = 10  # the released spacing of fewer steps would not begin in noise

Velocity = Callable[[Tensor, Tensor], Tensor]  # noisy latent, steps [B] -> velocity


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: where it stands and where it leads."""

    step: int
    alpha: float  # share of the signal's power that is left at this step
    alpha_before: float  # the same where the step leads
    sigma: float  # fresh noise


@dataclass(frozen=True)
class Schedule:
    """How noise grows over the steps that the network was taught with: along a cosine."""

    n_steps: int = 1000
    alphas: Tensor = field(init=False)  # [n_steps] float64

    def __post_init__(self) -> None:
        at = torch.arange(self.n_steps + 1, dtype=torch.float64) / self.n_steps + _COSINE_OFFSET
        kept = torch.cos(at / (1 + _COSINE_OFFSET) * math.pi / 2).square()
        object.__setattr__(self, "alphas", torch.cumprod(kept[1:] / kept[:-1], 0))

    def noisy(self, latent: Tensor, noise: Tensor, steps: Tensor) -> Tensor:
        """The latent as it is after so many steps of noise."""
        signal, spread = self._roots(steps, latent)
        return signal * latent + spread * noise

    def velocity(self, latent: Tensor, noise: Tensor, steps: Tensor) -> Tensor:
        """What a network is to predict there."""
        signal, spread = self._roots(steps, latent)
        return signal * noise - spread * latent

    def plan(self, count: int, *, eta: float) -> list[Step]:
        """About `count` steps from noise to signal; `eta` from 0 (no fresh noise) to 1."""
        if not _FEWEST <= count <= self.n_steps // 2:
            raise PalukuError(
                f"{count} steps are not possible.",
                f"Choose from {_FEWEST} to {self.n_steps // 2}; 50 to 200 is usual.",
            )
        steps = [step + 1 for step in range(0, self.n_steps, self.n_steps // count)]
        plan = []
        for before, step in zip([0, *steps], steps, strict=False):
            alpha, alpha_before = float(self.alphas[step]), float(self.alphas[before])
            sigma = math.sqrt((1 - alpha_before) / (1 - alpha) * (1 - alpha / alpha_before))
            plan.append(Step(step, alpha, alpha_before, eta * sigma))
        return plan[::-1]

    def _roots(self, steps: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
        alpha = self.alphas.to(steps.device)[steps].reshape(-1, *[1] * (like.ndim - 1))
        return alpha.sqrt().to(like), (1 - alpha).sqrt().to(like)


def sample(
    velocity: Velocity,
    noise: Tensor,
    plan: list[Step],
    generator: torch.Generator,
    on_step: Callable[[int], None],
) -> Tensor:
    """Walk the plan from pure noise; `on_step` hears the number of each step done and may raise to stop."""
    x = noise
    for number, step in enumerate(plan):
        steps = torch.full((len(x),), step.step, device=x.device)
        v = velocity(x, steps)
        signal, spread = math.sqrt(step.alpha), math.sqrt(1 - step.alpha)
        clean, direction = signal * x - spread * v, signal * v + spread * x
        onward = math.sqrt(max(0.0, 1 - step.alpha_before - step.sigma**2))
        fresh = torch.randn(x.shape, generator=generator, dtype=x.dtype).to(x.device)
        x = math.sqrt(step.alpha_before) * clean + onward * direction + step.sigma * fresh
        on_step(number + 1)
    return x


def guided(conditional: Velocity, unconditional: Velocity, scale: float) -> Velocity:
    """Away from what the network says without the condition, by `scale`."""
    if scale == 1.0:
        return conditional

    def velocity(x: Tensor, steps: Tensor) -> Tensor:
        without = unconditional(x, steps)
        return without + scale * (conditional(x, steps) - without)

    return velocity
