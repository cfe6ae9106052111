"""Prompts: frames that a duplex model takes as its own past, to learn a voice and a part to play."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.codecs.base import Codes
from core.errors import ModelError
from core.nn.s2s.duplex import MIMI_SILENCE

MIMI_SINE = (430, 1268, 381, 1611, 1095, 1495, 56, 472)
"""A frame of a 440 Hz tone in Mimi's codes: what a PersonaPlex hears from the user during its prompts."""
PAUSE_SECONDS = 0.5


@dataclass(frozen=True)
class Prompt:
    """Frames given to all streams at once."""

    text: NDArray[np.int64]  # [T]
    own: Codes  # [K, T]
    heard: Codes  # [H, T]

    @property
    def length(self) -> int:
        return len(self.text)

    def __add__(self, other: Prompt) -> Prompt:
        return Prompt(
            np.concatenate([self.text, other.text]),
            np.concatenate([self.own, other.own], axis=1),
            np.concatenate([self.heard, other.heard], axis=1),
        )


@dataclass(frozen=True)
class StoredVoice:
    """A voice prompt as PersonaPlex publishes it: what its temporal model was given, and its last tokens."""

    embedded: Tensor  # [1, T, D]
    ring: NDArray[np.int64]  # [S, R]: the tokens of step p - 1 in column p % R


def speaking(codes: Codes, *, pad: int) -> Prompt:
    """The voice sample: the model hears itself speak, and a tone from the user."""
    return _prompt(np.full(codes.shape[1], pad), codes)


def pause(frame_rate: float, *, pad: int) -> Prompt:
    """Half a second of silence."""
    frames = round(PAUSE_SECONDS * frame_rate)
    return _prompt(np.full(frames, pad), _held(MIMI_SILENCE, frames))


def reading(pieces: Sequence[int]) -> Prompt:
    """The part to play: one piece of text a frame, while the model is silent."""
    return _prompt(np.array(pieces, np.int64), _held(MIMI_SILENCE, len(pieces)))


def persona(pieces: Sequence[int], frame_rate: float, *, pad: int, voice: Codes | None = None) -> Prompt:
    """PersonaPlex's order: voice, silence, part to play, silence.

    Without a `voice` only what follows it, for a talk that began with a stored one.
    """
    rest = pause(frame_rate, pad=pad) + reading(pieces) + pause(frame_rate, pad=pad)
    return rest if voice is None else speaking(voice, pad=pad) + rest


def persona_text(part: str) -> str:
    """The part to play, in the brackets that the model was trained with."""
    part = part.strip()
    return part if part.startswith("<system>") else f"<system> {part} <system>"


def read_voice(path: Path) -> StoredVoice:
    """A voice file: two tensors, and nothing in it is run."""
    try:
        stored = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelError(
            f"The voice {path.stem} is missing.", "Unpack voices.tgz beside the model."
        ) from error
    except Exception as error:  # what the file asks for, torch calls: that fails in every way there is
        raise ModelError(f"The voice file {path.name} cannot be read; nothing in it was run.") from error
    if not isinstance(stored, dict) or not {"embeddings", "cache"} <= set(stored):
        raise ModelError(f"The voice file {path.name} is not one of PersonaPlex.")
    embedded, ring = stored["embeddings"], stored["cache"]
    if not isinstance(embedded, Tensor) or not isinstance(ring, Tensor) or ring.dim() != 3:
        raise ModelError(f"The voice file {path.name} is not one of PersonaPlex.")
    return StoredVoice(embedded.reshape(1, -1, embedded.shape[-1]), ring[0].long().numpy())


def _prompt(text: NDArray[np.int64], own: Codes) -> Prompt:
    return Prompt(text.astype(np.int64), own, _held(MIMI_SINE, len(text)))


def _held(frame: tuple[int, ...], frames: int) -> Codes:
    return np.tile(np.array(frame, np.int64)[:, None], (1, frames))
