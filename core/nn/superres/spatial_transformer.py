"""Spatial transformers: every place of a picture looks at all others, and may look at the whole sound too."""

from __future__ import annotations

from typing import Literal

import torch.nn.functional as F
from torch import Tensor, nn

GlobalContext = Literal["none", "sequence", "pooled"]


class PlaceAttention(nn.Module):
    """Multi-head attention of places onto one another; its projections have no biases, its output has one."""

    def __init__(self, dim: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.to_q = nn.Linear(dim, dim, bias=False)
        self.to_k = nn.Linear(dim, dim, bias=False)
        self.to_v = nn.Linear(dim, dim, bias=False)
        self.to_out = nn.Sequential(nn.Linear(dim, dim))

    def forward(self, x: Tensor) -> Tensor:  # [B, N, C]
        q, k, v = (
            project(x).reshape(*x.shape[:2], self.n_heads, -1).transpose(1, 2)  # [B, H, N, C / H]
            for project in (self.to_q, self.to_k, self.to_v)
        )
        seen = F.scaled_dot_product_attention(q, k, v)
        out: Tensor = self.to_out(seen.transpose(1, 2).flatten(-2))
        return out


class GatedLinear(nn.Module):
    """A linear layer of which one half opens and closes the other."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.proj = nn.Linear(dim, 2 * hidden)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.proj(x).chunk(2, dim=-1)
        out: Tensor = value * F.gelu(gate)
        return out


class GatedFeedForward(nn.Module):
    """Two layers for each place, the first one gated."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        # the gap in the numbering is the dropout of the released model
        self.net = nn.ModuleDict({"0": GatedLinear(dim, 4 * dim), "2": nn.Linear(4 * dim, dim)})

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.net["2"](self.net["0"](x))
        return out


class PlaceBlock(nn.Module):
    """A Transformer block over places: attention twice, then the feed-forward layers."""

    def __init__(self, dim: int, n_heads: int) -> None:
        super().__init__()
        self.attn1 = PlaceAttention(dim, n_heads)
        self.attn2 = PlaceAttention(dim, n_heads)
        self.ff = GatedFeedForward(dim)
        self.norm1 = nn.LayerNorm(dim)
        self.norm2 = nn.LayerNorm(dim)
        self.norm3 = nn.LayerNorm(dim)

    def forward(self, x: Tensor) -> Tensor:  # [B, N, C]
        x = x + self.attn1(self.norm1(x))
        x = x + self.attn2(self.norm2(x))
        out: Tensor = x + self.ff(self.norm3(x))
        return out


class SpatialTransformer(nn.Module):
    """A residual branch in which all places of a feature map look at one another."""

    def __init__(self, channels: int, n_heads: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(32, channels, eps=1e-6)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList([PlaceBlock(channels, n_heads)])
        self.proj_out = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.proj_out.weight)
        assert self.proj_out.bias is not None
        nn.init.zeros_(self.proj_out.bias)

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:  # [B, C, H, W]
        y = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)  # [B, H * W, C]
        for block in self.transformer_blocks:
            y = block(y)
        out: Tensor = x + self.proj_out(y.transpose(1, 2).reshape(x.shape))
        return out


class GlobalConditionedSpatialTransformer(SpatialTransformer):
    """A spatial transformer whose places first look at what the global encoder heard of the whole sound.

    Its output projection is zero at first: an untrained global part changes nothing, to the last digit.
    """

    def __init__(self, channels: int, n_heads: int, context_dim: int) -> None:
        super().__init__(channels, n_heads)
        self.global_proj = nn.Linear(context_dim, channels)
        self.global_attn = nn.MultiheadAttention(channels, n_heads, batch_first=True)
        nn.init.zeros_(self.global_attn.out_proj.weight)
        nn.init.zeros_(self.global_attn.out_proj.bias)

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:
        """[B, C, H, W], and [B, S, D] for a sequence or [B, D] for a pooled vector."""
        if context is None:
            return super().forward(x)
        keys = self.global_proj(context if context.ndim == 3 else context[:, None])  # [B, S, C]
        places = x.flatten(2).transpose(1, 2)  # [B, H * W, C]
        heard, _ = self.global_attn(places, keys, keys, need_weights=False)
        return super().forward(x + heard.transpose(1, 2).reshape(x.shape))
