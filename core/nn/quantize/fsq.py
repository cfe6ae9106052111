"""Finite scalar quantisation: numbers rounded to a few levels. It has no codebook that could collapse."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.quantize.base import Quantized, Quantizer, full_precision, kept_codebooks, partly


@dataclass(frozen=True, kw_only=True)
class FSQConfig:
    """How a finite scalar quantizer is built, and how it is trained."""

    dim: int
    levels: tuple[int, ...]
    """Levels of each number of a code: (8, 5, 5, 5) makes 1000 codes, (8, 8, 8, 4) makes 2048."""
    n_codebooks: int = 1
    """Groups of numbers, each a codebook of its own."""
    quantizer_dropout: float = 0.0
    no_quantization_rate: float = 0.0

    def __post_init__(self) -> None:
        if not self.levels or min(self.levels) < 2:
            raise ValueError(f"every number needs two levels or more, not {self.levels}")


class FSQ(Quantizer):
    """Frames projected to a few bounded numbers, each rounded; a code is the number its digits make."""

    _sizes: Tensor
    _place: Tensor

    def __init__(self, config: FSQConfig) -> None:
        super().__init__()
        self.config = config
        size = math.prod(config.levels)
        self.codebook_sizes = (size,) * config.n_codebooks
        width = config.n_codebooks * len(config.levels)
        self.input_proj = nn.Conv1d(config.dim, width, 1)
        self.output_proj = nn.Conv1d(width, config.dim, 1)
        places = [math.prod(config.levels[:digit]) for digit in range(len(config.levels))]
        self.register_buffer("_sizes", torch.tensor(config.levels), persistent=False)
        self.register_buffer("_place", torch.tensor(places), persistent=False)

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        narrow = self.input_proj(x)
        with full_precision(x):
            bounded = self._bound(narrow.float())  # [B, K, L, T]
            rounded = bounded + (bounded.round() - bounded).detach()
            codes = self._codes(rounded.detach())
            dropout = self.config.quantizer_dropout if self.training else 0.0
            kept = kept_codebooks(x.shape[0], self.n_codebooks, dropout, x.device)
            used = torch.arange(self.n_codebooks, device=x.device) < kept[:, None]  # [B, K]
            unit = self._unit(rounded) * used[:, :, None, None]
            if self.training:
                whole = self._unit(bounded).flatten(1, 2)
                quantized = partly(whole, unit.flatten(1, 2), self.config.no_quantization_rate)
            else:
                quantized = unit.flatten(1, 2)
            alone = (
                self._unit(rounded) * (torch.arange(self.n_codebooks, device=x.device) == 0)[:, None, None]
            )
        return Quantized(
            quantized=self.output_proj(quantized), codes=codes, first=self.output_proj(alone.flatten(1, 2))
        )

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        return self._codes(self._bound(self.input_proj(x)).round())[:, :n_codebooks]

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        digits = codes[:, :, None] // self._place[:, None] % self._sizes[:, None]  # [B, K, L, T]
        unit = self._unit(digits.to(self.output_proj.weight.dtype) - self._half())
        missing = self.n_codebooks - codes.shape[1]
        unit = torch.cat([unit, unit.new_zeros(unit.shape[0], missing, *unit.shape[2:])], dim=1)
        frames: Tensor = self.output_proj(unit.flatten(1, 2))
        return frames

    def _half(self) -> Tensor:  # [L, 1]
        return (self._sizes // 2)[:, None]

    def _bound(self, narrow: Tensor) -> Tensor:  # [B, K * L, T] -> [B, K, L, T]
        """Numbers between the lowest and the highest level. An even count has one level more below zero."""
        grouped = narrow.reshape(narrow.shape[0], self.n_codebooks, -1, narrow.shape[2])
        sizes = self._sizes[:, None].to(narrow.dtype)
        reach = (sizes - 1) * (1 + 1e-3) / 2
        offset = torch.where(self._sizes[:, None] % 2 == 0, 0.5, 0.0).to(narrow.dtype)
        return torch.tanh(grouped + torch.atanh(offset / reach)) * reach - offset

    def _unit(self, levels: Tensor) -> Tensor:
        return levels / self._half()

    def _codes(self, rounded: Tensor) -> Tensor:  # [B, K, L, T] -> [B, K, T]
        digits = rounded.long() + self._half()
        return (digits * self._place[:, None]).sum(dim=2)
