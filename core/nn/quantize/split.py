"""Split quantisation: a semantic part and an acoustic part side by side."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from core.nn.quantize.base import Quantized, Quantizer


class SplitVQ(Quantizer):
    """Two quantizers that see the same frames; their outputs are summed.

    The second one does not get what the first left over: so the first is free to say what is spoken, and
    need not serve the waveform.
    """

    def __init__(self, semantic: Quantizer, acoustic: Quantizer) -> None:
        super().__init__()
        self.semantic = semantic
        self.acoustic = acoustic
        self.codebook_sizes = semantic.codebook_sizes + acoustic.codebook_sizes

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        semantic: Quantized = self.semantic(x)
        if not self.acoustic.n_codebooks:
            return semantic
        acoustic: Quantized = self.acoustic(x)
        return Quantized(
            quantized=semantic.quantized + acoustic.quantized,
            codes=torch.cat([semantic.codes, acoustic.codes], dim=1),
            first=semantic.quantized,
            losses=self._weighed(semantic.losses, acoustic.losses),
        )

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:  # [B, D, T] -> [B, K, T]
        wanted = self.n_codebooks if n_codebooks is None else n_codebooks
        n_semantic = self.semantic.n_codebooks
        codes = self.semantic.encode(x, min(wanted, n_semantic))
        if wanted <= n_semantic:
            return codes
        return torch.cat([codes, self.acoustic.encode(x, wanted - n_semantic)], dim=1)

    def decode(self, codes: Tensor) -> Tensor:  # [B, K, T] -> [B, D, T]
        n_semantic = self.semantic.n_codebooks
        frames = self.semantic.decode(codes[:, :n_semantic])
        if codes.shape[1] <= n_semantic:
            return frames
        return frames + self.acoustic.decode(codes[:, n_semantic:])

    def _weighed(self, semantic: Mapping[str, Tensor], acoustic: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Each loss by the share of codebooks it speaks for."""
        share = self.semantic.n_codebooks / self.n_codebooks
        weighed = {name: loss * share for name, loss in semantic.items()}
        for name, loss in acoustic.items():
            weighed[name] = weighed.get(name, loss.new_zeros(())) + loss * (1 - share)
        return weighed
