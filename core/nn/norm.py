"""RMSNorm and LayerScale."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class RMSNorm(nn.Module):
    """Division by the root mean square over the last axis, always computed in float32."""

    def __init__(self, dim: int, eps: float = 1e-8) -> None:
        super().__init__()
        self.eps = eps
        self.alpha = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:  # [..., D]
        wide = x.float()
        power = wide.pow(2).mean(dim=-1, keepdim=True)
        return (wide * (self.alpha.float() * torch.rsqrt(power + self.eps))).to(x.dtype)


class LayerScale(nn.Module):
    """A learned gain for each channel of the last axis, small at first so that a branch starts quiet."""

    def __init__(self, dim: int, initial: float) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.full((dim,), initial))

    def forward(self, x: Tensor) -> Tensor:  # [..., D]
        return x * self.scale
