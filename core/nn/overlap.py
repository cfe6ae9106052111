"""Overlap-add: pieces that start one stride after the other, summed."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def overlap_add(pieces: Tensor, stride: int) -> Tensor:  # [B, T, C, K] -> [B, C, T * stride + overlap]
    """One signal of overlapping pieces; `overlap` is K - stride, or 0 where pieces leave gaps."""
    batch, length, channels, width = pieces.shape
    blocks = -(-width // stride)
    pieces = F.pad(pieces, (0, blocks * stride - width))
    pieces = pieces.reshape(batch, length, channels, blocks, stride)
    summed = F.pad(pieces[:, :, :, 0], (0, 0, 0, 0, 0, blocks - 1))  # [B, T + blocks - 1, C, stride]
    for block in range(1, blocks):
        summed = summed + F.pad(pieces[:, :, :, block], (0, 0, 0, 0, block, blocks - 1 - block))
    signal = summed.transpose(1, 2).reshape(batch, channels, -1)
    return signal[..., : length * stride + max(0, width - stride)]
