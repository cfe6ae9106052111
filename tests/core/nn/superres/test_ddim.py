"""The way from noise to a latent."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.errors import PalukuError
from core.nn.superres.ddim import Schedule, guided, sample


class Oracle:
    """Knows the clean latent, and so every velocity."""

    def __init__(self, clean: Tensor) -> None:
        self.clean = clean
        self.schedule = Schedule()

    def __call__(self, x: Tensor, steps: Tensor) -> Tensor:
        alpha = self.schedule.alphas[steps].reshape(-1, 1, 1, 1).float()
        noise = (x - alpha.sqrt() * self.clean) / (1 - alpha).sqrt()
        return self.schedule.velocity(self.clean, noise, steps)


@pytest.mark.parametrize("eta", [0.0, 1.0])
@pytest.mark.parametrize("count", [10, 50])
def test_a_perfect_network_leads_to_the_clean_latent(count: int, eta: float) -> None:
    clean = torch.randn(2, 4, 8, 4)
    plan = Schedule().plan(count, eta=eta)
    found = sample(
        Oracle(clean), torch.randn(2, 4, 8, 4), plan, torch.Generator().manual_seed(1), lambda n: None
    )
    assert float((found - clean).abs().max()) < 0.05


def test_velocity_and_noise_give_the_latent_back() -> None:
    schedule, latent, noise = Schedule(), torch.randn(3, 4, 5, 2), torch.randn(3, 4, 5, 2)
    steps = torch.tensor([1, 500, 998])
    signal = schedule.alphas[steps].sqrt().reshape(3, 1, 1, 1).float()
    spread = (1 - schedule.alphas[steps]).sqrt().reshape(3, 1, 1, 1).float()
    back = signal * schedule.noisy(latent, noise, steps) - spread * schedule.velocity(latent, noise, steps)
    torch.testing.assert_close(back, latent)


def test_guidance_goes_past_the_condition() -> None:
    x, steps = torch.zeros(1), torch.zeros(1)
    velocity = guided(lambda x, s: torch.tensor([3.0]), lambda x, s: torch.tensor([1.0]), 3.5)
    assert float(velocity(x, steps)) == 8.0


@pytest.mark.parametrize("count", [0, -1, 9, 501])
def test_impossible_steps_are_refused(count: int) -> None:
    with pytest.raises(PalukuError, match="steps are not possible"):
        Schedule().plan(count, eta=1.0)


def test_a_step_may_be_the_last() -> None:
    done: list[int] = []

    def stop(number: int) -> None:
        done.append(number)
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sample(
            Oracle(torch.zeros(1, 4, 2, 2)),
            torch.randn(1, 4, 2, 2),
            Schedule().plan(20, eta=1),
            torch.Generator(),
            stop,
        )
    assert done == [1, 2, 3]
