"""Drawing tokens inside a graph: the tensor form of core.s2s.sampling."""

from __future__ import annotations

import torch
from torch import Tensor

from core.s2s.sampling import Sampling


def draw(logits: Tensor, noise: Tensor, sampling: Sampling) -> Tensor:  # [B, V], [B] -> [B]
    """A token of one stream; `noise` in [0, 1) decides which, so that it can be repeated and exported."""
    if sampling.greedy:
        return logits.argmax(dim=-1)
    kept = min(sampling.top_k or logits.shape[-1], logits.shape[-1])
    scores, order = logits.float().topk(kept, dim=-1)  # the likeliest first
    weights = (scores / sampling.temperature).softmax(dim=-1)
    if sampling.top_p < 1:
        before = weights.cumsum(dim=-1) - weights
        weights = torch.where(before < sampling.top_p, weights, 0.0)
    total = weights.cumsum(dim=-1)
    rank = (total <= noise[:, None] * total[:, -1:]).sum(dim=-1, keepdim=True).clamp(max=kept - 1)
    return order.gather(-1, rank)[:, 0]
