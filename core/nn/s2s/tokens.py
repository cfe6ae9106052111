"""Tokens as vectors."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class TokenEmbedding(nn.Module):
    """A table of vectors in which a negative token is the zero vector; narrow inside, if wished."""

    def __init__(self, tokens: int, dim: int, inner_dim: int | None = None) -> None:
        super().__init__()
        self.table = nn.Embedding(tokens, inner_dim or dim)
        self.project = nn.Identity() if inner_dim is None else nn.Linear(inner_dim, dim, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:  # [...] -> [..., D]
        vectors = self.table(tokens.clamp(min=0))
        known = torch.where(tokens[..., None] >= 0, vectors, 0.0)
        projected: Tensor = self.project(known)
        return projected
