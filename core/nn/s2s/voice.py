"""The wished voice as a vector that is added in every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.nn.s2s.streams import NOTHING
from core.nn.s2s.tokens import TokenEmbedding


class VoiceTokens(NamedTuple):
    """A voice in numbers, for every step or for all steps alike; NOTHING leaves that trait open."""

    speaker: Tensor  # [B, T] or [B, 1]
    emotion: Tensor
    language: Tensor
    strength: Tensor  # of the emotion: 0 not at all, 1 as trained


@dataclass(frozen=True, kw_only=True)
class VoiceConfig:
    """Which traits of a voice a model can be told; 0 where it cannot."""

    n_speakers: int = 0
    n_emotions: int = 0
    n_languages: int = 0
    null_dropout: float = 0.15
    """How often a trait is left open in training, so that the model also knows how to speak without it."""

    @property
    def sizes(self) -> dict[str, int]:
        counts = {"speaker": self.n_speakers, "emotion": self.n_emotions, "language": self.n_languages}
        return {trait: count for trait, count in counts.items() if count}


class VoiceEmbedding(nn.Module):
    """Speaker, emotion and language as one vector; a trait left open adds nothing."""

    def __init__(self, config: VoiceConfig, dim: int) -> None:
        super().__init__()
        self.config = config
        self.traits = nn.ModuleDict(
            {trait: TokenEmbedding(count, dim) for trait, count in config.sizes.items()}
        )

    def forward(self, voice: VoiceTokens) -> Tensor | None:  # [B, T, D]
        total: Tensor | None = None
        for trait, table in self.traits.items():
            tokens: Tensor = getattr(voice, trait)
            vector = table(self._dropped(tokens))
            if trait == "emotion":
                vector = vector * voice.strength[..., None].to(vector.dtype)
            total = vector if total is None else total + vector
        return total

    def _dropped(self, tokens: Tensor) -> Tensor:
        if not self.training or not self.config.null_dropout:
            return tokens
        open_ = torch.rand(len(tokens), 1, device=tokens.device) < self.config.null_dropout
        return torch.where(open_, NOTHING, tokens)
