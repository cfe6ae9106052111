"""Factorised vector quantisation: the codes of a few normalised numbers, as in DAC."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import parametrizations

from core.nn.quantize.base import Quantized, Quantizer, full_precision, kept_codebooks, partly
from core.nn.quantize.gradient import Gradient, pass_gradient
from core.nn.quantize.kmeans import kmeans, nearest, sample_vectors


@dataclass(frozen=True, kw_only=True)
class FactorisedVQConfig:
    """How a factorised residual quantizer is built, and how it is trained."""

    dim: int
    codebook_dim: int
    codebook_sizes: tuple[int, ...]
    weight_norm: bool = False
    quantizer_dropout: float = 0.0
    """Share of the items of a batch that use a random number of codebooks."""
    no_quantization_rate: float = 0.0
    """Share of the items of a batch that pass unquantised (the codebooks learn from them all the same)."""
    gradient: Gradient = "straight_through"
    kmeans_iterations: int = 0
    """Above 0, the codes start where the frames of the first batch are."""
    dead_below: float = 0.0
    """Above 0, a code used less than this share of the mean usage moves to a frame of the batch."""
    check_every: int = 50
    """Steps between two looks for dead codes."""
    usage_decay: float = 0.99

    @property
    def keeps_count(self) -> bool:
        """Whether a level has a memory of its training beside its weights."""
        return self.kmeans_iterations > 0 or self.dead_below > 0


class FactorisedLevel(nn.Module):
    """One codebook between two projections: compared by direction, learned by gradient."""

    usage: Tensor
    initialised: Tensor

    def __init__(self, size: int, config: FactorisedVQConfig) -> None:
        super().__init__()
        self.config = config
        into, out = (
            nn.Conv1d(config.dim, config.codebook_dim, 1),
            nn.Conv1d(config.codebook_dim, config.dim, 1),
        )
        self.in_proj = parametrizations.weight_norm(into) if config.weight_norm else into
        self.out_proj = parametrizations.weight_norm(out) if config.weight_norm else out
        self.codebook = nn.Embedding(size, config.codebook_dim)
        if config.keeps_count:
            self.register_buffer("usage", torch.ones(size))
            self.register_buffer("initialised", torch.tensor([config.kmeans_iterations == 0]))
        self._steps = 0

    def choose(self, narrow: Tensor) -> Tensor:  # [B, D', T] -> [B, T]
        table = F.normalize(self.codebook.weight.float(), dim=1)
        return nearest(F.normalize(_rows(narrow), dim=1), table).reshape(narrow.shape[0], narrow.shape[2])

    def look_up(self, codes: Tensor) -> Tensor:  # [B, T] -> [B, D', T]
        narrow: Tensor = self.codebook(codes)
        return narrow.transpose(1, 2)

    @torch.no_grad()
    def prepare(self, narrow: Tensor) -> None:
        """Before a training step: first codes by k-means, dead codes to where frames are."""
        if not self.config.keeps_count:
            return
        frames = _rows(narrow)
        if not bool(self.initialised):
            centres, _ = kmeans(F.normalize(frames, dim=1), len(self.usage), self.config.kmeans_iterations)
            length = frames.norm(dim=1).mean()
            self.codebook.weight.copy_(F.normalize(centres, dim=1) * length)
            self.initialised.fill_(True)
        self._steps += 1
        if self.config.dead_below > 0 and self._steps % self.config.check_every == 0:
            mean = self.usage.mean()
            dead = self.usage < self.config.dead_below * mean
            fresh = sample_vectors(frames, len(dead)).to(self.codebook.weight.dtype)
            self.codebook.weight.copy_(torch.where(dead[:, None], fresh, self.codebook.weight))
            self.usage.copy_(torch.where(dead, mean, self.usage))

    @torch.no_grad()
    def count(self, codes: Tensor) -> None:  # [B, T]
        if self.config.keeps_count:
            counts = torch.bincount(codes.flatten(), minlength=len(self.usage)).to(self.usage.dtype)
            self.usage.lerp_(counts, 1 - self.config.usage_decay)


class FactorisedVQ(Quantizer):
    """Factorised codebooks in a row, each for what the ones before left over."""

    def __init__(self, config: FactorisedVQConfig) -> None:
        super().__init__()
        self.config = config
        self.codebook_sizes = config.codebook_sizes
        self.levels = nn.ModuleList(FactorisedLevel(size, config) for size in config.codebook_sizes)

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        """Losses are summed over the codebooks that an item uses, and averaged over items."""
        config, batch = self.config, x.shape[0]
        dropout = config.quantizer_dropout if self.training else 0.0
        kept = kept_codebooks(batch, self.n_codebooks, dropout, x.device)  # [B]
        summed, first, rest, codes = torch.zeros_like(x), x, x, []
        commitment = codebook = torch.zeros(batch, device=x.device)
        for number, level in enumerate(self._levels()):
            narrow = level.in_proj(rest)
            with full_precision(x):
                narrow = narrow.float()
                if self.training:
                    level.prepare(narrow)
                chosen = level.choose(narrow)
                found = level.look_up(chosen).float()
                used = (number < kept).to(narrow.dtype)
                commitment = commitment + used * (narrow - found.detach()).square().mean(dim=(1, 2))
                codebook = codebook + used * (found - narrow.detach()).square().mean(dim=(1, 2))
                if self.training:
                    level.count(chosen)
                passed = pass_gradient(narrow, found, config.gradient)
            wide = level.out_proj(passed)
            first = wide if number == 0 else first
            summed = summed + wide * used[:, None, None]
            rest = rest - wide
            codes.append(chosen)
        if self.training:
            summed = partly(x, summed, config.no_quantization_rate)
        return Quantized(
            quantized=summed,
            codes=torch.stack(codes, dim=1),
            first=first,
            losses={"commitment": commitment.mean(), "codebook": codebook.mean()},
        )

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        rest, codes = x, []
        for level in self._levels()[:n_codebooks]:
            codes.append(level.choose(level.in_proj(rest)))
            rest = rest - level.out_proj(level.look_up(codes[-1]))
        return torch.stack(codes, dim=1)

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        levels = self._levels()
        summed: Tensor = levels[0].out_proj(levels[0].look_up(codes[:, 0]))
        for number, level in enumerate(levels[1 : codes.shape[1]], start=1):
            summed = summed + level.out_proj(level.look_up(codes[:, number]))
        return summed

    def _levels(self) -> list[FactorisedLevel]:
        return [level for level in self.levels if isinstance(level, FactorisedLevel)]


def _rows(x: Tensor) -> Tensor:  # [B, D', T] -> [B * T, D']
    return x.transpose(1, 2).reshape(-1, x.shape[1]).float()
