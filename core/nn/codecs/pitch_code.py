"""PitchCode: the pitch of a voice as one code a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.quantize.base import Quantized, Quantizer
from core.nn.quantize.euclidean import AverageConfig, EuclideanCodebook

MIDDLE = 150.0  # Hz, where a contour is zero
OCTAVE = 4.0  # weight of an octave against the step from voiceless to voiced


@dataclass(frozen=True, kw_only=True)
class PitchCodeConfig:
    """How pitch becomes codes."""

    steps: int
    """Estimates of the tracker in one frame of codes."""
    size: int = 1024
    f0_min: float = 60.0
    f0_max: float = 500.0

    def __post_init__(self) -> None:
        if self.steps < 1 or self.size < 3 or not 0 < self.f0_min < self.f0_max:
            raise ModelError(f"Pitch cannot be coded this way: {self}.")


class PitchCode(Quantizer):
    """A codebook of pitch contours; at first silence and steady tones, in training those that occur."""

    def __init__(self, config: PitchCodeConfig) -> None:
        super().__init__()
        self.config = config
        self.codebook_sizes = (config.size,)
        # most contours are rare: only those that are never used may move
        average = AverageConfig(dead_below=1e-3, check_every=50)
        self.contours = EuclideanCodebook(config.size, 2 * config.steps, average)
        self.contours.embedding.copy_(_steady_contours(config))
        self.contours.initialised.fill_(True)

    def forward(self, x: Tensor) -> Quantized:  # pitch [B, 1, T * steps]
        contour = self._stacked(x)
        codes = self.contours.encode(contour)
        if self.training:
            self.contours.follow(contour, codes)
        pitch = self._pitch(self.contours.decode(codes))
        return Quantized(quantized=pitch, codes=codes[:, None], first=pitch)

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, 1, T * steps] -> [B, 1, T]
        return self.contours.encode(self._stacked(x))[:, None]

    def decode(self, codes: Tensor) -> Tensor:  # [B, 1, T] -> pitch in Hz, 0 without voice: [B, 1, T * steps]
        return self._pitch(self.contours.decode(codes[:, 0]))

    def _stacked(self, pitch: Tensor) -> Tensor:  # [B, 1, T * steps] -> [B, 2 * steps, T]
        return stacked(contour(pitch), self.config.steps)

    def _pitch(self, stack: Tensor) -> Tensor:
        batch, _, frames = stack.shape
        pairs = stack.reshape(batch, 2, self.config.steps, frames).transpose(2, 3).flatten(2)
        voiced, height = pairs.chunk(2, dim=1)  # [B, 1, T * steps]
        return torch.where(voiced > 0.5, MIDDLE * torch.exp2(height / OCTAVE), torch.zeros_like(voiced))


def contour(pitch: Tensor) -> Tensor:  # [B, 1, F] -> [B, 2, F]
    """Pitch in Hz as numbers to compute with: voiced or not, and octaves around the middle."""
    voiced = (pitch > 0).to(pitch.dtype)
    octaves = torch.log2(torch.where(pitch > 0, pitch, torch.full_like(pitch, MIDDLE)) / MIDDLE)
    return torch.cat([voiced, OCTAVE * octaves], dim=1)


def stacked(x: Tensor, steps: int) -> Tensor:  # [B, C, T * steps] -> [B, C * steps, T]
    """Several short frames as one."""
    return x.reshape(x.shape[0], x.shape[1], -1, steps).transpose(2, 3).flatten(1, 2)


def _steady_contours(config: PitchCodeConfig) -> Tensor:  # [size, 2 * steps]
    steps = torch.arange(config.size - 1) / (config.size - 2)
    lowest, highest = math.log2(config.f0_min), math.log2(config.f0_max)
    octaves = lowest + (highest - lowest) * steps
    height = OCTAVE * (octaves - math.log2(MIDDLE))
    tones = torch.stack([torch.ones_like(height), height], dim=1).repeat_interleave(config.steps, dim=1)
    return torch.cat([torch.zeros(1, 2 * config.steps), tones])
