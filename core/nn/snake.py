"""Snake: an activation with a learned period."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.nn.recording import recorded


class Snake(nn.Module):
    """x + sin^2(alpha x) / alpha, with one alpha a channel: it prefers periodic signals."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(channels, 1))

    def forward(self, x: Tensor) -> Tensor:  # [B, C, T]
        if recorded():
            return x + torch.sin(self.alpha * x).square() / (self.alpha + 1e-9)
        # the same in one piece of memory: where a file is long, fresh memory costs more than the sine
        return (self.alpha * x).sin_().square_().div_(self.alpha + 1e-9).add_(x)
