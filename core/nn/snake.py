"""Snake: an activation with a learned period."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Snake(nn.Module):
    """x + sin^2(alpha x) / alpha, with one alpha a channel: it prefers periodic signals."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(channels, 1))

    def forward(self, x: Tensor) -> Tensor:  # [B, C, T]
        return x + torch.sin(self.alpha * x).square() / (self.alpha + 1e-9)
