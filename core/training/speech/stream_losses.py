"""Losses of the streams of a speech decoder, each with its own weight in every frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.nn.s2s.decoder import Prediction
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.voice import VoiceTokens
from core.training.speech.exchange_config import StreamWeights
from core.training.speech.exchanges import Talk

SPEAK, HEAR, CONVERSE = range(3)


def rows_of(talk: Talk, streams: StreamsConfig) -> NDArray[np.int64]:  # [S, T]
    """A talk as the streams of a model."""
    rows = [talk.text[None]] if streams.has_text else []
    rows.append(talk.own)
    if streams.heard_sizes:
        rows.append(talk.heard)
    if streams.has_heard_text:
        rows.append(talk.heard_text[None])
    return np.concatenate(rows).astype(np.int64)


def weights_of(
    talk: Talk, kind: int, streams: StreamsConfig, weights: StreamWeights
) -> NDArray[np.float32]:  # [S, T]
    """How much each token of a talk counts in an example of this kind; what is only heard never does."""
    found = np.zeros((streams.rows, talk.frames), np.float32)
    if kind != HEAR:
        found[streams.own] = np.where(talk.speaking, 1.0, weights.silence)
    if kind == CONVERSE and streams.has_text:
        found[0] = np.where(talk.text == streams.text_pad, weights.pad, 1.0)
    if kind != SPEAK and streams.has_heard_text:
        found[-1] = np.where(talk.heard_text == streams.text_pad, weights.pad, 1.0)
    return found


def side_by_side(rows: Sequence[NDArray[Any]], fill: NDArray[Any]) -> Tensor:  # [S, T] -> [B, S, T]
    """Examples of different lengths, the shorter ones filled up with a column [S]."""
    length = max(row.shape[1] for row in rows)
    whole = np.repeat(fill[None, :, None], len(rows), axis=0).repeat(length, axis=2)
    for at, row in enumerate(rows):
        whole[at, :, : row.shape[1]] = row
    return torch.from_numpy(np.ascontiguousarray(whole))


def delayed(weights: Tensor, streams: StreamsConfig) -> Tensor:  # [B, S, T]
    """Weights of frames as weights of steps: each stream comes as late as its tokens do."""
    length = weights.shape[-1]
    moved = [F.pad(weights[:, row], (streams.delay(row), 0))[:, :length] for row in range(weights.shape[1])]
    return torch.stack(moved, dim=1)


def counted_steps(
    talks: Sequence[Talk], kinds: Sequence[int], streams: StreamsConfig, weights: StreamWeights
) -> Tensor:  # [B, S, T]
    """How much each step of talks side by side counts."""
    rows = [weights_of(talk, kind, streams, weights) for talk, kind in zip(talks, kinds, strict=True)]
    return delayed(side_by_side(rows, np.zeros(streams.rows, np.float32)), streams)


def chosen_steps(weights: Tensor, streams: StreamsConfig, most: int, rng: np.random.Generator) -> Tensor:
    """Steps [N] whose codes are learned: those in which own codes count for something come first."""
    counted = weights[:, streams.own].sum(dim=(0, 1)).numpy()  # [T]
    if len(counted) <= most:
        return torch.arange(len(counted))
    chances = (counted + 1e-6) / (counted + 1e-6).sum()
    return torch.from_numpy(np.sort(rng.choice(len(counted), most, replace=False, p=chances)))


def voice_tokens(voices: Tensor) -> VoiceTokens:  # [B, 3]
    """Voices by number, each the same in all steps, in the mood as it was recorded."""
    speaker, emotion, language = (column[:, None] for column in voices.unbind(dim=1))
    return VoiceTokens(speaker, emotion, language, torch.ones_like(speaker, dtype=torch.float32))


def stream_losses(
    said: Prediction, weights: Tensor, chosen: Tensor, streams: StreamsConfig, scale: StreamWeights
) -> dict[str, Tensor]:
    """Own text, first code, other codes and the user's words, as far as the model has them.

    `said` holds the codes of the `chosen` steps alone.
    """
    losses: dict[str, Tensor] = {}
    if said.text is not None:
        losses["text"] = scale.text * _wrong(said.text, said.targets[:, 0], weights[:, 0])
    first, targets, counted = streams.own.start, said.targets[..., chosen], weights[..., chosen]
    wrong = [
        _wrong(logits, targets[:, first + book], counted[:, first + book])
        for book, logits in enumerate(said.codes[: len(streams.own_sizes)])
    ]
    losses["first"] = scale.first * wrong[0]
    if len(wrong) > 1:
        losses["codes"] = scale.codes * torch.stack(wrong[1:]).mean()
    if said.heard_text is not None:
        losses["words"] = scale.words * _wrong(said.heard_text, said.targets[:, -1], weights[:, -1])
    return losses


def _wrong(logits: Tensor, targets: Tensor, weights: Tensor) -> Tensor:  # [B, T, size], [B, T], [B, T]
    lost = F.cross_entropy(logits.float().transpose(1, 2), targets.clamp(min=0), reduction="none")
    return (lost * weights).sum() / weights.sum().clamp(min=1.0)
