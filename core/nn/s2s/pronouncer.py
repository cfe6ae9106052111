"""Pronouncer: the sounds of a written word."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

NO_LETTER, BLANK = 0, 0
_CERTAIN = 30.0


@dataclass(frozen=True, kw_only=True)
class PronouncerConfig:
    """How a pronouncer is built."""

    n_letters: int
    n_sounds: int
    """Kinds of sounds, with 0 for none."""
    dim: int = 160
    n_layers: int = 5
    kernel_size: int = 5
    sounds_per_letter: int = 3
    """The most sounds that a letter may stand for."""
    longest: int = 40
    """Letters of a word."""


class Pronouncer(nn.Module):
    """Letters to logits of sounds, some for each letter, for connectionist temporal classification."""

    def __init__(self, config: PronouncerConfig) -> None:
        super().__init__()
        self.config = config
        dim = config.dim
        self.letters = nn.Embedding(config.n_letters, dim, padding_idx=NO_LETTER)
        self.convs = nn.ModuleList(
            nn.Conv1d(dim, 2 * dim, config.kernel_size, padding=config.kernel_size // 2)
            for _ in range(config.n_layers)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(config.n_layers))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, config.sounds_per_letter * config.n_sounds)

    def forward(self, letters: Tensor) -> Tensor:  # [B, L] -> [B, L * sounds_per_letter, n_sounds]
        real = (letters != NO_LETTER)[..., None]
        x = self.letters(letters)
        for conv, norm in zip(self.convs, self.norms, strict=True):
            y = conv((norm(x) * real).transpose(1, 2))
            x = x + nn.functional.glu(y, dim=1).transpose(1, 2)
        logits = self.head(self.norm(x)).reshape(*letters.shape, -1, self.config.n_sounds)
        nothing = torch.zeros(self.config.n_sounds, device=x.device)
        nothing[BLANK] = _CERTAIN
        logits = torch.where(real[..., None], logits, nothing)  # where no letter is, no sound is
        return logits.flatten(1, 2)


def sounded(logits: Tensor) -> Tensor:  # [T, n_sounds] -> [T]
    """The sounds in their order, -1 where none begins."""
    best = logits.argmax(dim=-1)
    before = torch.cat([torch.zeros_like(best[:1]), best[:-1]])
    begins = (best != BLANK) & (best != before)
    return torch.where(begins, best, torch.full_like(best, -1))
