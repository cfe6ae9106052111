"""K-means: the first codes of a codebook, from the first batch it sees."""

from __future__ import annotations

import torch
from torch import Tensor


def sample_vectors(x: Tensor, n: int) -> Tensor:  # [N, D] -> [n, D]
    """`n` of the vectors; all different ones where there are enough."""
    if len(x) >= n:
        return x[torch.randperm(len(x), device=x.device)[:n]]
    return x[torch.randint(len(x), (n,), device=x.device)]


def nearest(x: Tensor, table: Tensor) -> Tensor:  # [N, D], [S, D] -> [N]
    """The row of the table closest to each vector."""
    return (x @ table.T - table.square().sum(dim=1) / 2).argmax(dim=1)


def kmeans(x: Tensor, n_clusters: int, iterations: int) -> tuple[Tensor, Tensor]:  # -> [S, D], [S]
    """Cluster centres, and how many vectors belong to each. Empty clusters move to vectors of the batch."""
    centres, counts = sample_vectors(x, n_clusters), x.new_zeros(n_clusters)
    for _ in range(iterations):
        belongs = nearest(x, centres)
        counts = torch.bincount(belongs, minlength=n_clusters).to(x.dtype)
        means = torch.zeros_like(centres).index_add_(0, belongs, x) / counts.clamp(min=1)[:, None]
        centres = torch.where((counts > 0)[:, None], means, sample_vectors(x, n_clusters))
    return centres, counts.clamp(min=1)
