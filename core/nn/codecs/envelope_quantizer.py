"""EnvelopeQuantizer: a latent as words and envelopes, side by side."""

from __future__ import annotations

import torch
from torch import Tensor

from core.nn.codecs.envelope_config import EnvelopeConfig
from core.nn.quantize.base import Quantized, Quantizer
from core.nn.quantize.predictive import PredictiveVQ
from core.nn.quantize.residual import ResidualVQ


class EnvelopeQuantizer(Quantizer):
    """One codebook for what is said, and predictive ones for the envelopes; both see the whole latent."""

    def __init__(self, config: EnvelopeConfig) -> None:
        super().__init__()
        self.config = config
        self.semantic = ResidualVQ(config.semantic)
        self.acoustic = PredictiveVQ(config.acoustic)
        self.codebook_sizes = config.semantic.codebook_sizes + config.acoustic.codebook_sizes

    def forward(self, x: Tensor) -> Quantized:  # [B, D, T]
        semantic: Quantized = self.semantic(x)
        acoustic: Quantized = self.acoustic(x)
        commitment = semantic.losses["commitment"] + acoustic.losses["commitment"]
        return Quantized(
            quantized=semantic.quantized + acoustic.quantized,
            codes=torch.cat([semantic.codes, acoustic.codes], dim=1),
            first=semantic.quantized,
            losses={"commitment": commitment / 2},
        )

    def encode(self, x: Tensor, n_codebooks: int | None = None) -> Tensor:
        """Codes of a whole utterance; the codec itself goes frame by frame."""
        acoustic, _ = self.acoustic.encode(x, self.acoustic.initial_state(x.shape[0]))
        return torch.cat([self.semantic.encode(x), acoustic], dim=1)[:, :n_codebooks]

    @torch.no_grad()
    def settle(self, x: Tensor) -> None:
        """From latents of much sound: projections by principal axes, codes by k-means."""
        wide = self.config.envelope_dim
        parts: tuple[tuple[ResidualVQ | PredictiveVQ, Tensor, int], ...] = (
            (self.semantic, x[:, wide:], wide),
            (self.acoustic, x[:, :wide], 0),
        )
        for quantizer, channels, first in parts:
            axes = _principal_axes(channels, quantizer.config.codebook_dim)
            last = first + axes.shape[1]
            for proj in (quantizer.input_proj, quantizer.output_proj):
                proj.weight.zero_()
            quantizer.input_proj.weight[:, first:last, 0] = axes
            quantizer.output_proj.weight[first:last, :, 0] = axes.T
        (book,) = self.semantic.codebooks
        book.initialise(self.semantic.input_proj(x))  # type: ignore[operator]  # a codebook, in a list of modules
        self.acoustic.settle(x)


def _principal_axes(x: Tensor, count: int) -> Tensor:  # [B, C, T] -> [count, C]
    rows = x.transpose(1, 2).flatten(0, 1).double()
    _, vectors = torch.linalg.eigh(rows.T @ rows)  # ascending
    axes: Tensor = vectors.flip(1)[:, :count].T.float()
    return axes
