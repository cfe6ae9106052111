"""Batches for the live extender: pieces of clips whose high band is taken away, at changing levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.enhance.base import OUT_RATE
from core.enhance.features import CROSSOVER_SHARE, crossover_hz
from core.enhance.frames import HOP
from core.training.enhance_material import Clip

_USUAL_LIMITS = (4_000.0, 8_000.0, 12_000.0)
_USUAL_SHARE = 0.75  # the other pieces have a limit somewhere between
_ROOM_HZ = 1_500.0  # that the truth must reach above the limit
_LEVELS_DB = (-16.0, 6.0)  # against the clips' common level


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces as they were, as a low rate leaves them, and where each one's truth begins and ends."""

    truth: Tensor  # [B, T * HOP]
    low: Tensor  # [B, T * HOP]
    crossover: Tensor  # [B] Hz
    limit: Tensor  # [B] Hz


class Batches:
    """Draws batches; every batch depends only on the seed and the number of its step."""

    def __init__(self, clips: Sequence[Clip], *, items: int, frames: int, seed: int) -> None:
        self._clips = clips
        self._items = items
        self._samples = frames * HOP
        self._seed = seed
        seconds: dict[str, float] = {}
        for clip in clips:
            seconds[clip.speaker] = seconds.get(clip.speaker, 0.0) + clip.seconds
        # many speakers teach more than much of one; those that reach high teach most
        weight = np.array(
            [
                clip.seconds / seconds[clip.speaker] ** 0.5 * (3.0 if clip.limit_hz > 14_000 else 1.0)
                for clip in clips
            ]
        )
        self._chance = weight / weight.sum()

    def draw(self, step: int) -> Batch:
        rng = np.random.default_rng((self._seed, step))
        chosen = [self._clips[i] for i in rng.choice(len(self._clips), self._items, p=self._chance)]
        truth = torch.from_numpy(np.stack([self._piece(clip, rng) for clip in chosen]))
        limits = [self._limit(clip, rng) for clip in chosen]
        return Batch(
            truth,
            band_limited(truth, torch.tensor(limits), torch.from_numpy(rng.uniform(0.05, 0.16, self._items))),
            torch.tensor([crossover_hz(limit) for limit in limits]),
            torch.tensor([clip.limit_hz - 250 for clip in chosen]),
        )

    def _piece(self, clip: Clip, rng: np.random.Generator) -> np.ndarray:
        pcm = clip.samples
        if len(pcm) < self._samples:
            pcm = np.pad(pcm, (0, self._samples - len(pcm)))
        start = int(rng.integers(len(pcm) - self._samples + 1))
        gain = 10 ** (rng.uniform(*_LEVELS_DB) / 20) / 32767
        return pcm[start : start + self._samples].astype(np.float32) * np.float32(gain)

    def _limit(self, clip: Clip, rng: np.random.Generator) -> float:
        highest = max(_USUAL_LIMITS[0], clip.limit_hz - _ROOM_HZ)
        usual = [limit for limit in _USUAL_LIMITS if limit <= highest]
        if rng.random() < _USUAL_SHARE:
            return float(rng.choice(usual))
        return float(rng.uniform(_USUAL_LIMITS[0], min(highest, _USUAL_LIMITS[-1])))


def band_limited(truth: Tensor, limit: Tensor, slope: Tensor) -> Tensor:
    """[B, N], [B] Hz, [B] -> [B, N]: as a resampler leaves it; its filter falls over `slope` of the limit."""
    spectrum = torch.fft.rfft(truth)
    hertz = torch.fft.rfftfreq(truth.shape[-1], 1 / OUT_RATE)
    width = (slope * limit)[:, None]
    across = ((hertz - CROSSOVER_SHARE * limit[:, None]) / width).clamp(-0.5, 0.5)
    low: Tensor = torch.fft.irfft(spectrum * (0.5 - 0.5 * torch.sin(torch.pi * across)), truth.shape[-1])
    return low.float()
