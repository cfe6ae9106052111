"""CodecModel: what every codec in torch is: an encoder, a quantizer and a decoder."""

from __future__ import annotations

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn

from core.codecs.base import CodecSpec
from core.nn.quantize.base import Quantized, Quantizer
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What a codec made of a batch in training."""

    pcm: Tensor  # [B, 1, T]
    quantized: Quantized
    """Its `first` is what the semantic hook reads, its `losses` are not weighted."""


class CodecModel(nn.Module):
    """Sound to codes and back, with the memory of both ways as arguments and results."""

    spec: CodecSpec
    encoder: Streaming  # [B, 1, T * frame_size] -> [B, D, T]
    quantizer: Quantizer  # [B, D, T] <-> [B, K, T]
    decoder: Streaming  # [B, D, T] -> [B, 1, T * frame_size]

    def encoder_state(self, batch: int) -> State:
        return self.encoder.initial_state(batch)

    def decoder_state(self, batch: int) -> State:
        return self.decoder.initial_state(batch)

    def encode(self, pcm: Tensor, state: State, n_codebooks: int | None = None) -> tuple[Tensor, State]:
        """Whole frames of sound [B, 1, T * frame_size] -> codes [B, K, T]."""
        latent, after = self.encoder(pcm, state)
        return self.quantizer.encode(latent, n_codebooks), after

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        """Codes [B, K, T] of the first K codebooks -> sound [B, 1, T * frame_size]."""
        pcm, after = self.decoder(self.quantizer.decode(codes), state)
        return self.whole_frames(pcm, codes.shape[-1]), after

    def forward(self, pcm: Tensor) -> Reconstruction:
        """A batch of whole frames of sound there and back, for training."""
        latent, _ = self.encoder(pcm, self.encoder_state(pcm.shape[0]))
        quantized = self.quantizer(latent)
        heard, _ = self.decoder(quantized.quantized, self.decoder_state(pcm.shape[0]))
        return Reconstruction(self.whole_frames(heard, latent.shape[-1]), quantized)

    def whole_frames(self, pcm: Tensor, frames: int) -> Tensor:
        """The sound at the length of its frames: convolutions that look both ways fall a little short."""
        missing = frames * self.spec.format.frame_size - pcm.shape[-1]
        return F.pad(pcm, (0, missing)) if missing > 0 else pcm
