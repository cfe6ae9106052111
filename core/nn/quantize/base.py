"""The words of quantizers: what every one takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Quantized:
    """Frames after quantisation in training, and what they cost."""

    quantized: Tensor  # [B, D, T], with a gradient to what was quantised
    codes: Tensor  # [B, K, T]
    first: Tensor  # [B, D, T]: what the first codebook (the semantic part, if split) says alone
    losses: Mapping[str, Tensor] = field(default_factory=dict)
    """`commitment`, and `codebook` where codebooks learn by gradient; unweighted."""


class Quantizer(nn.Module):
    """Frames to codes and back. `forward` is for training; `encode` and `decode` are for use."""

    codebook_sizes: tuple[int, ...]

    @property
    def n_codebooks(self) -> int:
        return len(self.codebook_sizes)

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        raise TypeError(f"{type(self).__name__} cannot be trained")

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        """The codes of the first `n_codebooks` codebooks (of all by default)."""
        raise TypeError(f"{type(self).__name__} does not encode")

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        """Frames from the first K >= 1 codebooks."""
        raise TypeError(f"{type(self).__name__} does not decode")


def kept_codebooks(batch: int, n_codebooks: int, dropout: float, device: torch.device) -> Tensor:  # [B]
    """How many codebooks each item of a batch uses: a share of `dropout` uses a random number, 1 to all."""
    some = torch.randint(1, n_codebooks + 1, (batch,), device=device)
    return torch.where(torch.rand(batch, device=device) < dropout, some, n_codebooks)


def partly(x: Tensor, quantized: Tensor, no_quantization_rate: float) -> Tensor:  # [B, D, T]
    """`quantized`, but for a share of the items that pass as they are."""
    passes = torch.rand(x.shape[0], 1, 1, device=x.device) < no_quantization_rate
    return torch.where(passes, x, quantized)


def full_precision(x: Tensor) -> AbstractContextManager[object]:
    """Distances decide between codes: they are never computed in half precision."""
    if not x.is_meta and torch.is_autocast_enabled(x.device.type):
        return torch.autocast(x.device.type, enabled=False)
    return nullcontext()
