"""TableVQ: residual codes out of plain tables as wide as the frames, as JODIO prints them."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.quantize.base import Quantized, Quantizer, full_precision, kept_codebooks
from core.nn.quantize.gradient import pass_gradient
from core.nn.quantize.kmeans import nearest


class TableVQ(Quantizer):
    """Tables in a row, each for what the ones before left over, learned by gradient, without projections."""

    def __init__(self, dim: int, codebook_sizes: tuple[int, ...], quantizer_dropout: float = 0.0) -> None:
        super().__init__()
        self.codebook_sizes = codebook_sizes
        self.quantizer_dropout = quantizer_dropout
        self.codebooks = nn.ModuleList(nn.Embedding(size, dim) for size in codebook_sizes)

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        with full_precision(x):
            return self._quantize(x.float())

    def _quantize(self, x: Tensor) -> Quantized:
        batch = x.shape[0]
        dropout = self.quantizer_dropout if self.training else 0.0
        kept = kept_codebooks(batch, self.n_codebooks, dropout, x.device)  # [B]
        rest, summed = x, torch.zeros_like(x)
        first, codes = x, []
        commitment = codebook = torch.zeros(batch, device=x.device)
        for number, table in enumerate(self._tables()):
            chosen = _choose(table, rest.detach())
            found = F.embedding(chosen, table).transpose(1, 2)
            used = (number < kept).to(x.dtype)
            commitment = commitment + used * (rest - found.detach()).square().mean(dim=(1, 2))
            codebook = codebook + used * (found - rest.detach()).square().mean(dim=(1, 2))
            first = pass_gradient(x, found, "straight_through") if number == 0 else first
            summed = summed + found.detach() * used[:, None, None]
            rest = rest - found.detach()
            codes.append(chosen)
        return Quantized(
            quantized=pass_gradient(x, summed, "straight_through"),
            codes=torch.stack(codes, dim=1),
            first=first,
            losses={"commitment": commitment.mean(), "codebook": codebook.mean()},
        )

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        rest, codes = x, []
        for table in self._tables()[:n_codebooks]:
            codes.append(_choose(table, rest))
            rest = rest - F.embedding(codes[-1], table).transpose(1, 2)
        return torch.stack(codes, dim=1)

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        tables = self._tables()[: codes.shape[1]]
        levels = [F.embedding(codes[:, number], table) for number, table in enumerate(tables)]
        return torch.stack(levels).sum(0).transpose(1, 2)

    def _tables(self) -> list[Tensor]:
        return [book.weight for book in self.codebooks if isinstance(book, nn.Embedding)]


def _choose(table: Tensor, x: Tensor) -> Tensor:  # [S, D], [B, D, T] -> [B, T]
    return nearest(x.transpose(1, 2).reshape(-1, x.shape[1]), table).reshape(x.shape[0], x.shape[2])
