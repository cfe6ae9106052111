"""Attention to a source that does not change."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.state import tensor
from core.nn.streaming import State


class CrossAttention(nn.Module):
    """Attention to a source that stays the same for a whole talk, such as a voice sample."""

    def __init__(self, dim: int, n_heads: int, source_dim: int, *, bias: bool = False) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.query_proj = nn.Linear(dim, dim, bias=bias)
        self.source_proj = nn.Linear(source_dim, 2 * dim, bias=bias)
        self.out_proj = nn.Linear(dim, dim, bias=bias)

    def look_at(self, source: Tensor, visible: Tensor | None = None) -> State:  # [B, S, D'], [B, S]
        """The memory of a source: computed once, the same in every step."""
        keys, values = self.source_proj(source).chunk(2, dim=-1)
        if visible is None:
            visible = torch.ones(source.shape[:2], dtype=torch.bool, device=source.device)
        return {"keys": self._heads(keys), "values": self._heads(values), "visible": visible}

    def forward(self, x: Tensor, memory: State) -> Tensor:  # [B, T, D]
        q = self._heads(self.query_proj(x))
        mask = tensor(memory, "visible")[:, None, None]  # [B, 1, 1, S]
        y = F.scaled_dot_product_attention(q, tensor(memory, "keys"), tensor(memory, "values"), mask)
        out: Tensor = self.out_proj(y.transpose(1, 2).flatten(2))
        return out

    def _heads(self, x: Tensor) -> Tensor:  # [B, T, D] -> [B, H, T, D / H]
        return x.reshape(*x.shape[:2], self.n_heads, -1).transpose(1, 2)
