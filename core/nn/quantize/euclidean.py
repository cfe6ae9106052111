"""A codebook that follows the frames it is given, by moving averages instead of gradients."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.quantize.kmeans import kmeans, nearest, sample_vectors


@dataclass(frozen=True, kw_only=True)
class AverageConfig:
    """How a codebook follows its frames in training."""

    decay: float = 0.99
    kmeans_iterations: int = 50
    dead_below: float = 0.1
    """A code used less than this share of the mean usage is dead, and moves to a frame of the batch."""
    revived_usage: float = 1.0
    """Usage that a revived code starts with, as a share of the mean."""
    check_every: int = 5
    """Steps between two looks for dead codes."""


class EuclideanCodebook(nn.Module):
    """Vectors that stand for the frames nearest to them; each is the moving average of those frames."""

    EPS = 1e-5
    embedding: Tensor
    usage: Tensor
    initialised: Tensor

    def __init__(self, size: int, dim: int, config: AverageConfig) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("embedding", torch.zeros(size, dim))
        self.register_buffer("usage", torch.ones(size))
        self.register_buffer("initialised", torch.zeros(1, dtype=torch.bool))
        self._steps = 0

    def encode(self, x: Tensor) -> Tensor:  # [B, D, T] -> [B, T]
        return nearest(_flat(x), self.embedding.float()).reshape(x.shape[0], x.shape[2])

    def decode(self, codes: Tensor) -> Tensor:  # [B, T] -> [B, D, T]
        return F.embedding(codes, self.embedding).transpose(1, 2)

    @torch.no_grad()
    def initialise(self, x: Tensor) -> None:  # [B, D, T]
        """Lay the codes where the frames are."""
        centres, counts = kmeans(_flat(x), len(self.embedding), self.config.kmeans_iterations)
        self.embedding.copy_(centres)
        self.usage.copy_(counts)
        self.initialised.fill_(True)

    @torch.no_grad()
    def follow(self, x: Tensor, codes: Tensor) -> None:  # [B, D, T], [B, T]
        """Move the codes towards the frames that chose them, and the dead ones to where frames are."""
        frames, chosen, decay = _flat(x), codes.flatten(), self.config.decay
        self._steps += 1
        if bool(self.initialised) and self._steps % self.config.check_every == 0:
            self._revive(frames)
        summed = self.embedding * self.usage.clamp(min=self.EPS)[:, None]
        added = torch.zeros_like(summed).index_add_(0, chosen, frames)
        counts = torch.bincount(chosen, minlength=len(self.usage)).to(self.usage.dtype)
        self.usage.lerp_(counts, 1 - decay)
        self.embedding.copy_(summed.lerp_(added, 1 - decay) / self.usage.clamp(min=self.EPS)[:, None])

    def _revive(self, frames: Tensor) -> None:  # [N, D]
        mean = self.usage.mean()
        dead = self.usage < self.config.dead_below * mean
        self.embedding.copy_(torch.where(dead[:, None], sample_vectors(frames, len(dead)), self.embedding))
        self.usage.copy_(torch.where(dead, self.config.revived_usage * mean, self.usage))


def _flat(x: Tensor) -> Tensor:  # [B, D, T] -> [B * T, D]
    return x.transpose(1, 2).reshape(-1, x.shape[1]).float()
