"""Residual vector quantisation with averaged codebooks, as in Mimi."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.quantize.base import Quantized, Quantizer, full_precision, kept_codebooks, partly
from core.nn.quantize.euclidean import AverageConfig, EuclideanCodebook
from core.nn.quantize.gradient import Gradient, pass_gradient


@dataclass(frozen=True, kw_only=True)
class ResidualVQConfig:
    """How a residual quantizer is built, and how it is trained."""

    dim: int
    codebook_dim: int
    codebook_sizes: tuple[int, ...]
    average: AverageConfig = field(default_factory=AverageConfig)
    quantizer_dropout: float = 0.0
    """Share of the items of a batch that use a random number of codebooks."""
    no_quantization_rate: float = 0.0
    """Share of the items of a batch that pass unquantised (the codebooks learn from them all the same)."""
    gradient: Gradient = "straight_through"


class ResidualVQ(Quantizer):
    """Codebooks in a row, each for what the ones before left over, inside one narrow projection."""

    def __init__(self, config: ResidualVQConfig) -> None:
        super().__init__()
        self.config = config
        self.codebook_sizes = config.codebook_sizes
        self.input_proj = nn.Conv1d(config.dim, config.codebook_dim, 1, bias=False)
        self.output_proj = nn.Conv1d(config.codebook_dim, config.dim, 1, bias=False)
        self.codebooks = nn.ModuleList(
            EuclideanCodebook(size, config.codebook_dim, config.average) for size in config.codebook_sizes
        )

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        config = self.config
        x = self.input_proj(x)
        with full_precision(x):
            x = x.float()
            levels, codes, commitment = self._levels(x)
            dropout = config.quantizer_dropout if self.training else 0.0
            kept = kept_codebooks(x.shape[0], self.n_codebooks, dropout, x.device)
            used = torch.arange(self.n_codebooks, device=x.device) < kept[:, None]  # [B, K]
            summed = torch.einsum("kbdt,bk->bdt", levels, used.to(x.dtype))
            quantized = pass_gradient(x, summed, config.gradient)
            if self.training:
                quantized = partly(x, quantized, config.no_quantization_rate)
            first = pass_gradient(x, levels[0], config.gradient)
        return Quantized(
            quantized=self.output_proj(quantized),
            codes=codes,
            first=self.output_proj(first),
            losses={"commitment": commitment},
        )

    def _levels(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:  # -> [K, B, D, T], [B, K, T], []
        levels, codes, losses = [], [], []
        rest, may_initialise = x, True
        for book in self._books():
            ready = bool(book.initialised)
            if self.training and not ready and may_initialise:
                book.initialise(rest.detach())
            # one new codebook a batch: what is left after k-means on the same frames is nearly nothing
            may_initialise = ready
            chosen = book.encode(rest.detach())
            level = book.decode(chosen)
            losses.append(F.mse_loss(rest, level))
            if self.training:
                book.follow(rest.detach(), chosen)
            rest = rest - level
            levels.append(level)
            codes.append(chosen)
        return torch.stack(levels), torch.stack(codes, dim=1), torch.stack(losses).mean()

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        rest, codes = self.input_proj(x), []
        for book in self._books()[:n_codebooks]:
            codes.append(book.encode(rest))
            rest = rest - book.decode(codes[-1])
        return torch.stack(codes, dim=1)

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        summed = self._books()[0].decode(codes[:, 0])
        for level, book in enumerate(self._books()[1 : codes.shape[1]], start=1):
            summed = summed + book.decode(codes[:, level])
        frames: Tensor = self.output_proj(summed)
        return frames

    def _books(self) -> list[EuclideanCodebook]:
        return [book for book in self.codebooks if isinstance(book, EuclideanCodebook)]
