"""WeightAverage: the weights of a model over its last steps, which are better than its latest ones."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class WeightAverage:
    """A moving average of a model's weights, young at first."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    @torch.no_grad()
    def follow(self, model: nn.Module, steps: int) -> None:
        """One step of the model. What is not learned by gradient is copied as it is."""
        share = 1 - min(self.decay, (1 + steps) / (10 + steps))
        learned = {name for name, _ in model.named_parameters()}
        for name, value in model.state_dict().items():
            if name in learned:
                self.weights[name].lerp_(value, share)
            else:
                self.weights[name].copy_(value)

    def load(self, weights: dict[str, Tensor]) -> None:
        for name, value in weights.items():
            self.weights[name].copy_(value)
