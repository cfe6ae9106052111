"""Codecs in torch, as the run-time knows codecs: sound and codes in numpy, streams that own their state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from core.audio.base import Pcm
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder
from core.errors import AudioFileError, ModelError
from core.nn.codecs.model import CodecModel
from core.nn.reader import read_model
from core.nn.readers import CODEC_READERS


def load_codec(preset: str, weights: Path, n_codebooks: int | None = None) -> Codec:
    """The codec in a weights file. What it is, the weights tell; the preset only names it in errors."""
    model = read_model(weights, CODEC_READERS)
    if not isinstance(model, CodecModel):
        raise ModelError(f"The weights of {preset} are not those of a codec.")
    return TorchCodec(model, n_codebooks)


class TorchCodec(Codec):
    """A codec model in torch, shared by any number of streams; if wished with its first codebooks only."""

    def __init__(self, model: CodecModel, n_codebooks: int | None = None) -> None:
        if n_codebooks is not None and not 1 <= n_codebooks <= model.spec.n_codebooks:
            raise ModelError(f"{n_codebooks} codebooks were asked of a codec with {model.spec.n_codebooks}.")
        self._model = model.eval()
        self._spec = replace(model.spec, codebook_sizes=model.spec.codebook_sizes[:n_codebooks])

    @property
    def spec(self) -> CodecSpec:
        return self._spec

    def encoder(self) -> TorchEncoder:
        return TorchEncoder(self._model, self._spec)

    def decoder(self) -> TorchDecoder:
        return TorchDecoder(self._model, self._spec)


class TorchEncoder(Encoder):
    """One stream of sound becoming codes."""

    def __init__(self, model: CodecModel, spec: CodecSpec) -> None:
        self._model = model
        self._spec = spec
        self._device = next(model.parameters()).device
        self._state = model.encoder_state(1)

    def push(self, pcm: Pcm) -> Codes:
        frame_size = self._spec.format.frame_size
        if pcm.ndim != 1 or len(pcm) % frame_size:
            raise ValueError(f"sound of shape {pcm.shape} is not whole frames of {frame_size} samples")
        if not np.isfinite(pcm).all():
            # it would stay in the memory of the stream for ever
            raise AudioFileError("The sound holds values that are not numbers.")
        if not len(pcm):
            return np.zeros((self._spec.n_codebooks, 0), dtype=np.int64)
        with torch.inference_mode():
            sound = torch.tensor(pcm, dtype=torch.float32, device=self._device)[None, None]  # [1, 1, T]
            codes, self._state = self._model.encode(sound, self._state, self._spec.n_codebooks)
        found: Codes = codes[0].cpu().numpy()
        return found


class TorchDecoder(Decoder):
    """One stream of codes becoming sound."""

    def __init__(self, model: CodecModel, spec: CodecSpec) -> None:
        self._model = model
        self._spec = spec
        self._device = next(model.parameters()).device
        self._state = model.decoder_state(1)

    def push(self, codes: Codes) -> Pcm:
        sizes = self._spec.codebook_sizes
        if codes.ndim != 2 or not 1 <= len(codes) <= len(sizes):
            raise ValueError(f"codes of shape {codes.shape} are not frames of 1 to {len(sizes)} codebooks")
        if not codes.shape[1]:
            return np.zeros(0, dtype=np.float32)
        if (codes < 0).any() or (codes >= np.array(sizes[: len(codes)])[:, None]).any():
            raise ValueError("a code lies outside its codebook")
        with torch.inference_mode():
            frames = torch.tensor(codes, dtype=torch.long, device=self._device)[None]  # [1, K, T]
            sound, self._state = self._model.decode(frames, self._state)
        pcm: Pcm = sound[0, 0].float().cpu().numpy()
        return pcm
