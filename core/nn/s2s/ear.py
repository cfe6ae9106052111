"""Ear: hears the words in codes, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from core.nn.s2s.code_space import CodeSpace, CodeSpaceConfig
from core.nn.s2s.conformer_layers import ConformerStack, ConformerStackConfig
from core.nn.state import part
from core.nn.streaming import State, Streaming

BLANK = 0


@dataclass(frozen=True, kw_only=True)
class EarConfig:
    """How an ear is built."""

    n_pieces: int
    """Pieces of text that it can write, the blank (piece 0) included."""
    space: CodeSpaceConfig = field(default_factory=CodeSpaceConfig)
    n_sounds: int = 0
    """Sounds of speech that it tells as well, the blank (sound 0) included; 0 for none."""
    steps: int = 2
    """Frames of codes that are heard as one."""
    stack: ConformerStackConfig = field(
        default_factory=lambda: ConformerStackConfig(
            dim=192, n_layers=6, n_heads=4, hidden=576, kernel_size=15, context=100, step_size=1
        )
    )


class Ear(Streaming):
    """Numbers of a code space to the logits of pieces of text, for connectionist temporal classification.

    Each step says `steps` pieces, one a frame, so that fast talkers have room; it may say them late.
    """

    def __init__(self, config: EarConfig) -> None:
        super().__init__()
        self.config = config
        self.space = CodeSpace(config.space)
        dim = config.stack.dim
        self.input_proj = nn.Linear(config.steps * config.space.dim, dim)
        self.stack = ConformerStack(config.stack)
        self.head = nn.Linear(dim, config.steps * config.n_pieces)
        self.sound_head = nn.Linear(dim, config.steps * config.n_sounds) if config.n_sounds else None

    def initial_state(self, batch: int) -> State:
        return {"stack": self.stack.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D] -> [B, T, n_pieces]
        heard, after = self.listen(x, state)
        return self.letters(heard), after

    def listen(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D] -> [B, T / steps, D]
        """What was heard, of which `letters` and `sounds` are told."""
        batch, frames, _ = x.shape
        y = self.input_proj(x.reshape(batch, frames // self.config.steps, -1))
        y, stack = self.stack(y, part(state, "stack"))
        return y, {"stack": stack}

    def letters(self, heard: Tensor) -> Tensor:  # [B, T / steps, D] -> [B, T, n_pieces]
        logits: Tensor = self.head(heard)
        return logits.reshape(heard.shape[0], -1, self.config.n_pieces)

    def sounds(self, heard: Tensor) -> Tensor:  # [B, T / steps, D] -> [B, T, n_sounds]
        assert self.sound_head is not None, "this ear tells no sounds"
        logits: Tensor = self.sound_head(heard)
        return logits.reshape(heard.shape[0], -1, self.config.n_sounds)


def best_path(logits: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:  # [T, n_pieces], [1] -> [T], [1]
    """The pieces that begin in each frame, -1 where none does; and the last one, for the next time."""
    best = logits.argmax(dim=-1)
    before = torch.cat([last, best[:-1]])
    begins = (best != BLANK) & (best != before)
    return torch.where(begins, best, torch.full_like(best, -1)), best[-1:]
