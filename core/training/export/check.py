"""The proof of an export: graph and torch, side by side over many frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from core.audio.base import Pcm
from core.codecs.base import Codec


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two codecs of the same weights agree over some frames."""

    frames: int
    codes_equal: float
    """Share of codes that are the same; ties may fall either way."""
    largest_difference: float
    """Of two sounds decoded from the same codes."""


def compare(exported: Codec, original: Codec, pcm: Pcm) -> Agreement:
    """Whole frames of sound through both, frame by frame."""
    codes = exported.encoder().push(pcm)
    with torch.inference_mode():
        wanted = original.encoder().push(pcm)
        sound = original.decoder().push(wanted)
    heard = exported.decoder().push(wanted)
    return Agreement(
        frames=codes.shape[1],
        codes_equal=float(np.mean(codes == wanted)),
        largest_difference=float(np.abs(heard - sound).max()),
    )
