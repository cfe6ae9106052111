"""The network that a Transformer applies to each token by itself."""

from __future__ import annotations

from typing import Literal

import torch.nn.functional as F
from torch import Tensor, nn

FeedForwardKind = Literal["gelu", "gated_silu"]


class FeedForward(nn.Module):
    """Two layers with GELU between them, or with SiLU gating: silu(a) * b."""

    def __init__(self, kind: FeedForwardKind, dim: int, hidden: int, *, bias: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.linear_in = nn.Linear(dim, 2 * hidden if kind == "gated_silu" else hidden, bias=bias)
        self.linear_out = nn.Linear(hidden, dim, bias=bias)

    def forward(self, x: Tensor) -> Tensor:  # [B, T, D]
        h: Tensor = self.linear_in(x)
        if self.kind == "gated_silu":
            activated, gated = h.chunk(2, dim=-1)
            h = F.silu(activated) * gated
        else:
            h = F.gelu(h)
        y: Tensor = self.linear_out(h)
        return y


def gated_width(dim: int, dim_feedforward: int) -> int:
    """The inner width of Moshi's gate for the width its configs name."""
    return 21 * dim // 8 if dim_feedforward == 4 * dim else 2 * dim_feedforward // 3
