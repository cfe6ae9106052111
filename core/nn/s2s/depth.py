"""Depth: the model within a frame, which makes its codes one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from core.nn.norm import RMSNorm
from core.nn.per_step import PerStep
from core.nn.s2s.sampling import draw
from core.nn.s2s.streams import FREE
from core.nn.s2s.tokens import TokenEmbedding
from core.nn.streaming import State
from core.nn.transformer import Transformer, TransformerConfig
from core.s2s.sampling import Sampling


@dataclass(frozen=True, kw_only=True)
class DepthConfig:
    """How a depth model is built."""

    transformer: TransformerConfig
    """Its context is the number of codes of a frame, its schedule says which steps share weights."""
    n_codebooks: int
    """Codes that it was trained to make: the own ones, and in some models those of the user as well."""
    inputs: tuple[int, ...] = ()
    """Which projection of the temporal model's output each step uses; empty for one in all steps."""
    embedding_dim: int | None = None
    """Inner width of its code tables, if they are narrow."""
    norm: Literal["none", "layer", "rms"] = "none"
    """The norm before each head."""

    def __post_init__(self) -> None:
        if self.transformer.context < self.n_codebooks:
            raise ValueError(f"a depth model of {self.n_codebooks} codes needs as long a context")
        for schedule in (self.inputs, self.transformer.schedule):
            if schedule and len(schedule) < self.n_codebooks:
                raise ValueError(f"a schedule of {len(schedule)} steps for {self.n_codebooks} codes")

    def make_norm(self) -> nn.Module:
        if self.norm == "none":
            return nn.Identity()
        return (nn.LayerNorm if self.norm == "layer" else RMSNorm)(self.transformer.dim)


class Depth(nn.Module):
    """A Transformer over the codes of one frame, each of which knows those before it and the text."""

    def __init__(
        self,
        config: DepthConfig,
        *,
        dim: int,
        sizes: tuple[int, ...],
        text_size: int,
        more_rows: int,
        head_bias: bool,
    ) -> None:
        super().__init__()
        self.config = config
        inner, width = config.transformer.dim, config.embedding_dim
        self.inputs = PerStep(lambda: nn.Linear(dim, inner, bias=False), config.inputs)
        self.text_embedding = TokenEmbedding(text_size + more_rows, inner, width) if text_size else None
        self.embeddings = nn.ModuleList(
            TokenEmbedding(size + more_rows, inner, width) for size in sizes[: config.n_codebooks - 1]
        )
        self.transformer = Transformer(config.transformer)
        self.norms = nn.ModuleList(config.make_norm() for _ in range(config.n_codebooks))
        self.heads = nn.ModuleList(
            nn.Linear(inner, size, bias=head_bias) for size in sizes[: config.n_codebooks]
        )

    def forward(self, hidden: Tensor, text: Tensor | None, codes: Tensor) -> tuple[Tensor, ...]:
        """Logits [N, size] of each code, given those before it: hidden [N, D], text [N], codes [N, K]."""
        count = self.config.n_codebooks
        before = [self._embed(step, text, codes) for step in range(count)]
        x = self.inputs(hidden[:, None].expand(-1, count, -1)) + torch.stack(before, dim=1)
        y, _ = self.transformer(x, self.transformer.initial_state(len(hidden)))  # [N, K, D]
        return tuple(self._logits(step, y[:, step]) for step in range(count))

    def make(
        self, hidden: Tensor, text: Tensor | None, forced: Tensor, noise: Tensor, sampling: Sampling
    ) -> tuple[Tensor, Tensor]:
        """The codes [B, K] of a frame, and whether all was finite [B]; hidden [B, D], forced, noise [B, K].

        K may be less than it was trained for: the codes of the user need not be made.
        """
        state: State = self.transformer.initial_state(len(hidden))
        sane = torch.ones(len(hidden), dtype=torch.bool, device=hidden.device)
        codes: list[Tensor] = []
        for step in range(forced.shape[1]):
            before = self._embed(step, text, torch.stack(codes, dim=1) if codes else forced)
            x = self.inputs(hidden[:, None], step) + before[:, None]  # [B, 1, D]
            y, state = self.transformer(x, state, step)
            logits = self._logits(step, y[:, 0])
            sane = sane & logits.isfinite().all(dim=-1)
            drawn = draw(logits, noise[:, step], sampling)
            codes.append(torch.where(forced[:, step] == FREE, drawn, forced[:, step]))
        return torch.stack(codes, dim=1), sane

    def _embed(self, step: int, text: Tensor | None, codes: Tensor) -> Tensor:  # [B, D]
        if step > 0:
            embedded: Tensor = self.embeddings[step - 1](codes[:, step - 1])
            return embedded
        if self.text_embedding is None or text is None:
            return next(self.inputs.parameters()).new_zeros(len(codes), self.config.transformer.dim)
        first: Tensor = self.text_embedding(text)
        return first

    def _logits(self, step: int, y: Tensor) -> Tensor:  # [B, D] -> [B, size]
        logits: Tensor = self.heads[step](self.norms[step](y))
        return logits
