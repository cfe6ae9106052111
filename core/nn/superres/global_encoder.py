"""GlobalAudioEncoder: hears a whole window of sound and says what it is like."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class GlobalEncoderConfig:
    """How the global encoder is built."""

    n_mels: int = 256
    channels: tuple[int, int] = (32, 64)
    hidden_dim: int = 256
    n_heads: int = 8
    n_layers: int = 4
    context_dim: int = 128
    max_frames: int = 1024
    dropout: float = 0.1

    @property
    def height(self) -> int:
        """Rows that the convolutions leave of the mel bands: they divide by 4, 2 and 4."""
        return self.n_mels // 32


class GlobalAudioEncoder(nn.Module):
    """Three convolutions that fold the mel bands, four Transformer layers over time, and two answers.

    The third convolution divides the bands by four: that leaves the 8 rows that the layer after it expects.
    """

    def __init__(self, config: GlobalEncoderConfig) -> None:
        super().__init__()
        self.config = config
        first, second = config.channels
        third = config.hidden_dim
        self.cnn = nn.Sequential(
            *_folding(1, first, (8, 3), 4, 2),
            *_folding(first, second, (4, 3), 2, 1),
            *_folding(second, third, (4, 3), 4, 1),
        )
        self.fold = nn.Linear(third * config.height, config.hidden_dim)
        self.positions = nn.Parameter(0.02 * torch.randn(1, config.max_frames, config.hidden_dim))
        layer = nn.TransformerEncoderLayer(
            config.hidden_dim, config.n_heads, 2 * config.hidden_dim, config.dropout, batch_first=True
        )
        self.transformer = nn.TransformerEncoder(layer, config.n_layers, enable_nested_tensor=False)
        self.output = nn.Sequential(
            nn.Linear(config.hidden_dim, config.hidden_dim),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.hidden_dim, config.context_dim),
        )
        self.pooled = nn.Linear(config.context_dim, config.context_dim)

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """[B, 1, n_mels, T] -> pooled [B, D], sequence [B, T, D]."""
        frames = mel.shape[-1]
        if frames > self.config.max_frames:
            raise ValueError(f"{frames} frames, and positions for {self.config.max_frames} only")
        x = self.cnn(mel)  # [B, C, height, T]
        x = self.fold(x.flatten(1, 2).transpose(1, 2))  # [B, T, hidden]
        x = self.transformer(x + self.positions[:, :frames])
        sequence = self.output(x)
        return self.pooled(sequence.mean(dim=1)), sequence


def _folding(
    in_channels: int, out_channels: int, kernel: tuple[int, int], stride: int, padding: int
) -> tuple[nn.Module, ...]:
    conv = nn.Conv2d(in_channels, out_channels, kernel, (stride, 1), (padding, 1))
    return conv, nn.BatchNorm2d(out_channels), nn.ReLU()
