"""Rotary positions: queries and keys turned by an angle that grows with time."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, Self

import torch
from torch import Tensor, nn

RopeStyle = Literal["none", "interleaved", "split_half"]

# An angle is computed in two parts, for whole spans and for the rest, so that float32 holds it exactly
# enough after hours of talk: position x frequency alone is off by 0.005 rad after an hour at 25 Hz.
_SPAN = 512


class Rope(nn.Module):
    """The rotation of pairs of channels by position, neighbours (interleaved) or halves (split_half)."""

    _slow: Tensor
    _fast: Tensor

    def __init__(self, style: RopeStyle, head_dim: int, base: float = 10_000.0) -> None:
        super().__init__()
        if head_dim % 2:
            raise ValueError(f"rotary positions need an even head, not {head_dim}")
        self.style = style
        self.head_dim = head_dim
        self.base = base
        self._lay_out(None)

    def _lay_out(self, device: torch.device | None) -> None:
        half = self.head_dim // 2
        per_token = [self.base ** (-2 * i / self.head_dim) for i in range(half)]
        per_span = [math.remainder(_SPAN * frequency, math.tau) for frequency in per_token]
        self.register_buffer("_fast", torch.tensor(per_token, device=device), persistent=False)
        self.register_buffer("_slow", torch.tensor(per_span, device=device), persistent=False)

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Self:
        super()._apply(fn, recurse)  # type: ignore[no-untyped-call]
        self._lay_out(self._fast.device)  # a model in half precision still needs exact angles
        return self

    def angles(self, positions: Tensor) -> tuple[Tensor, Tensor]:  # [...] -> cos, sin: [..., D / 2]
        spans = torch.div(positions, _SPAN, rounding_mode="floor")
        rest = positions - spans * _SPAN
        angle = rest[..., None].float() * self._fast + spans[..., None].float() * self._slow
        return angle.cos(), angle.sin()

    def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:  # [..., D] with [..., D / 2]
        wide = x.float()
        if self.style == "interleaved":
            real, imaginary = wide.reshape(*x.shape[:-1], -1, 2).unbind(-1)
            turned = torch.stack([real * cos - imaginary * sin, real * sin + imaginary * cos], dim=-1)
            return turned.flatten(-2).to(x.dtype)
        real, imaginary = wide.chunk(2, dim=-1)
        return torch.cat([real * cos - imaginary * sin, real * sin + imaginary * cos], dim=-1).to(x.dtype)


def interleaved_to_split_half(weight: Tensor, n_heads: int) -> Tensor:  # [n_heads * D, ...]
    """The rows of a query or key projection, moved from pairs of neighbours to pairs of halves."""
    heads = weight.reshape(n_heads, -1, 2, *weight.shape[1:])  # [H, D / 2, 2, ...]
    return heads.transpose(1, 2).reshape(weight.shape).contiguous()


def split_half_to_interleaved(weight: Tensor, n_heads: int) -> Tensor:  # [n_heads * D, ...]
    """The way back."""
    heads = weight.reshape(n_heads, 2, -1, *weight.shape[1:])  # [H, 2, D / 2, ...]
    return heads.transpose(1, 2).reshape(weight.shape).contiguous()
