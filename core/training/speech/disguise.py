"""Disguise: one utterance as if another throat had said it, into another microphone.

Envelopes are stretched along frequency as a longer or shorter vocal tract does, coloured, and brought to
another pitch. All of it is linear in the numbers of a code space: beside the training it costs nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.envelope_layers import SPREAD
from core.nn.codecs.mel_features import mel_filters
from core.nn.codecs.pitch_code import OCTAVE
from core.nn.s2s.code_space import CodeSpace

THROATS = 17  # lengths that are tried
BENDS = 5  # half waves of a colour over all bands
NEPERS = math.log(10) / 10  # of power, in a decibel


@dataclass(frozen=True, kw_only=True)
class DisguiseConfig:
    """How far a disguise goes."""

    share: float = 0.7
    """Of the utterances; the others stay as they are."""
    stretch: float = 0.18
    """The most that a vocal tract becomes longer or shorter."""
    octaves: float = 0.35
    """The most that pitch moves, up or down."""
    colour_db: float = 5.0
    """How strong each bend of a colour is."""
    words_hidden: float = 0.25
    """Share of the disguised whose first codebook is blanked out: it still tells the old throat."""


class Disguise(nn.Module):
    """Changes frames of a code space, each utterance in its own way."""

    turns: Tensor
    bends: Tensor
    mean: Tensor
    spread: Tensor

    def __init__(self, codec: EnvelopeCodec, space: CodeSpace, config: DisguiseConfig) -> None:
        super().__init__()
        self.config = config
        self._words, self._melody, self._envelopes = space.config.parts
        self._steps = codec.config.steps
        outward = codec.quantizer.acoustic.output_proj.weight[: codec.config.envelope_dim, :, 0]
        outward = outward.detach().double()
        inward = torch.linalg.pinv(outward)  # [D', bands * steps]: from envelopes back to what is coded
        steps = torch.eye(self._steps, dtype=torch.float64)
        bands = codec.config.n_mels
        turns = [
            inward @ torch.kron(_stretched(codec, factor), steps) @ outward
            for factor in np.linspace(1 - config.stretch, 1 + config.stretch, THROATS)
        ]
        waves = torch.arange(1, BENDS + 1)[:, None] * (torch.arange(bands) + 0.5) * (math.pi / bands)
        colours = waves.double().cos() * (config.colour_db * NEPERS / SPREAD)
        bends = torch.kron(colours, torch.ones(1, self._steps, dtype=torch.float64)) @ inward.T
        self.register_buffer("turns", torch.stack(turns).float(), persistent=False)
        self.register_buffer("bends", bends.float(), persistent=False)
        self.register_buffer("mean", space.mean.clone(), persistent=False)
        self.register_buffer("spread", space.spread.clone(), persistent=False)

    @torch.no_grad()
    def forward(self, frames: Tensor) -> Tensor:  # [B, T, D] -> [B, T, D], around zero and near one as given
        count, device = len(frames), frames.device
        kinds = [self._words, self._melody, self._envelopes]
        words, melody, envelopes = torch.split(frames.float() * self.spread + self.mean, kinds, dim=-1)
        throat = torch.randint(0, len(self.turns), (count,), device=device)
        bent = torch.randn(count, len(self.bends), device=device) @ self.bends
        envelopes = envelopes @ self.turns[throat].transpose(1, 2) + bent[:, None]
        moved = (2 * torch.rand(count, 1, 1, device=device) - 1) * self.config.octaves * OCTAVE
        voiced, height = torch.split(melody, self._steps, dim=-1)
        melody = torch.cat([voiced, height + moved * (voiced > 0.5)], dim=-1)
        others = (torch.cat([words, melody, envelopes], dim=-1) - self.mean) / self.spread
        hidden = torch.rand(count, 1, 1, device=device) < self.config.words_hidden
        others[..., : self._words] *= ~hidden
        changed = torch.rand(count, 1, 1, device=device) < self.config.share
        return torch.where(changed, others.to(frames.dtype), frames)


def _stretched(codec: EnvelopeCodec, factor: float) -> Tensor:
    """The bands [bands, bands] of a spectrum that is `factor` times as wide."""
    fourier = codec.config.fourier
    filters = mel_filters(codec.config.n_mels, fourier.bins, codec.config.sample_rate).double().numpy()
    weights = filters / np.maximum(filters.sum(axis=1, keepdims=True), 1e-6)
    centres: NDArray[np.float64] = weights @ np.arange(fourier.bins)
    places = np.interp(centres / factor, centres, np.arange(len(centres)))
    lower = np.minimum(places.astype(int), len(centres) - 2)
    share = places - lower
    rows = np.arange(len(centres))
    matrix = np.zeros((len(centres), len(centres)))
    matrix[rows, lower] = 1 - share
    matrix[rows, lower + 1] += share
    return torch.from_numpy(matrix)
