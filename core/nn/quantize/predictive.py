"""Predictive residual quantisation: codes for what the frame before did not let expect."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.quantize.base import Quantized, full_precision, kept_codebooks
from core.nn.quantize.euclidean import AverageConfig, EuclideanCodebook
from core.nn.state import tensor
from core.nn.streaming import State

UNUSED = -1  # in place of a code: its codebook is left out


@dataclass(frozen=True, kw_only=True)
class PredictiveVQConfig:
    """How a predictive quantizer is built, and how it is trained."""

    dim: int
    codebook_dim: int
    codebook_sizes: tuple[int, ...]
    leak: float = 0.7
    """Part of a prediction that is believed: what went wrong is forgotten after a few frames."""
    average: AverageConfig = field(default_factory=AverageConfig)
    quantizer_dropout: float = 0.0
    """Share of the items of a batch that use a random number of codebooks."""


class PredictiveVQ(nn.Module):
    """Codebooks in a row for the difference between a frame and its prediction from the decoded one before.

    Frames of speech are alike: at the same bitrate this leaves a third of the error. Both ends remember one
    decoded frame; the prediction is linear, fitted once.
    """

    middle: Tensor
    prediction: Tensor

    def __init__(self, config: PredictiveVQConfig) -> None:
        super().__init__()
        self.config = config
        narrow = config.codebook_dim
        self.input_proj = nn.Conv1d(config.dim, narrow, 1, bias=False)
        self.output_proj = nn.Conv1d(narrow, config.dim, 1, bias=False)
        self.register_buffer("middle", torch.zeros(narrow))
        self.register_buffer("prediction", torch.zeros(narrow, narrow))
        self.codebooks = nn.ModuleList(
            EuclideanCodebook(size, narrow, config.average) for size in config.codebook_sizes
        )

    def initial_state(self, batch: int) -> State:
        return {"decoded": self.middle.new_zeros(batch, self.config.codebook_dim)}  # less the middle

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        x = self.input_proj(x)
        with full_precision(x):
            x = x.float()
            dropout = self.config.quantizer_dropout if self.training else 0.0
            kept = kept_codebooks(x.shape[0], len(self.codebooks), dropout, x.device)  # [B]
            used = torch.arange(len(self.codebooks), device=x.device) < kept[:, None]  # [B, K]
            with torch.no_grad():
                decoded, codes, rests = self._walk(x, used)
                if self.training:
                    for number, book in enumerate(self._books()):
                        book.follow(rests[number], codes[:, number])
            quantized = x + (decoded - x).detach()
        wide = self.output_proj(quantized)
        losses = {"commitment": F.mse_loss(x, decoded)}
        return Quantized(quantized=wide, codes=codes, first=wide, losses=losses)

    def _walk(self, x: Tensor, used: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Decoded [B, D', T], codes [B, K, T], and what each book was given [K, B, D', T]."""
        past = x.new_zeros(x.shape[0], x.shape[1])
        frames, codes, rests = [], [], []
        for now in x.unbind(dim=2):
            expected = self._expected(past)
            chosen, levels, rest = self._chosen(now - self.middle - expected)
            past = expected + (torch.stack(levels, dim=2) * used[:, None]).sum(dim=2)
            frames.append(past + self.middle)
            codes.append(chosen)
            rests.append(rest)
        return torch.stack(frames, dim=2), torch.stack(codes, dim=2), torch.stack(rests, dim=3)

    def encode(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, K, T]
        past, codes = tensor(state, "decoded"), []
        for now in self.input_proj(x).unbind(dim=2):
            expected = self._expected(past)
            chosen, levels, _ = self._chosen(now - self.middle - expected)
            past = expected + torch.stack(levels).sum(dim=0)
            codes.append(chosen)
        return torch.stack(codes, dim=2), {"decoded": past}

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        """Codes [B, K, T] of all codebooks, `UNUSED` where one says nothing -> frames [B, D, T]."""
        used, codes = (codes != UNUSED)[:, :, None], codes.clamp(min=0)  # [B, K, 1, T]
        levels = [
            book.decode(codes[:, number]) * used[:, number] for number, book in enumerate(self._books())
        ]
        past, frames = tensor(state, "decoded"), []
        for said in torch.stack(levels).sum(dim=0).unbind(dim=2):
            past = self._expected(past) + said
            frames.append(past + self.middle)
        wide: Tensor = self.output_proj(torch.stack(frames, dim=2))
        return wide, {"decoded": past}

    def _expected(self, past: Tensor) -> Tensor:  # [B, D'] -> [B, D']
        return self.config.leak * (past @ self.prediction)

    def _chosen(self, rest: Tensor) -> tuple[Tensor, list[Tensor], Tensor]:  # [B, D']
        """Codes [B, K], their vectors, and what each codebook was given [K, B, D']."""
        codes, levels, rests = [], [], []
        for book in self._books():
            chosen = book.encode(rest[:, :, None])
            level = book.decode(chosen)[:, :, 0]
            codes.append(chosen[:, 0])
            levels.append(level)
            rests.append(rest)
            rest = rest - level
        return torch.stack(codes, dim=1), levels, torch.stack(rests)

    @torch.no_grad()
    def settle(self, x: Tensor) -> None:
        """From frames [B, D, T]: the prediction by least squares, the codebooks by k-means."""
        narrow = self.input_proj(x)
        self.middle.copy_(narrow.mean(dim=(0, 2)))
        centred = narrow - self.middle[:, None]
        before, now = (part.transpose(1, 2).flatten(0, 1) for part in (centred[..., :-1], centred[..., 1:]))
        ridge = 1e-3 * before.square().mean() * len(before) * torch.eye(before.shape[1], device=before.device)
        self.prediction.copy_(torch.linalg.solve(before.T @ before + ridge, before.T @ now))
        rest = centred[..., 1:] - self._expected(before).reshape(len(x), -1, before.shape[1]).transpose(1, 2)
        for book in self._books():
            book.initialise(rest)
            rest = rest - book.decode(book.encode(rest))

    def _books(self) -> list[EuclideanCodebook]:
        return [book for book in self.codebooks if isinstance(book, EuclideanCodebook)]
