"""Conversing: the lesson of a duplex model, which hears and speaks in every frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.stored import DUPLEX_READER
from core.training.speech.exchange_config import TrainExchangeConfig
from core.training.speech.exchanges import Exchanges, Talk
from core.training.speech.kinds import Kinds
from core.training.speech.stream_losses import (
    CONVERSE,
    HEAR,
    SPEAK,
    chosen_steps,
    counted_steps,
    rows_of,
    side_by_side,
    stream_losses,
    voice_tokens,
)


@dataclass(frozen=True, slots=True)
class TalkBatch:
    """Talks side by side, the shorter ones ending in silence that counts for nothing."""

    frames: Tensor  # [B, S, T]
    weights: Tensor  # [B, S, T]: of steps
    voices: Tensor  # [B, 3]
    chosen: Tensor  # [N]


class Conversing:
    """A duplex model and the talks it learns from."""

    name = "duplex"

    def __init__(self, exchanges: Exchanges, model: DecoderConfig, config: TrainExchangeConfig) -> None:
        self.exchanges, self.config = exchanges, config
        self.model = SpeechDecoder(model)
        self._kinds = Kinds(config, salt=21)

    def pace(self, spent: float) -> None:
        self._kinds.pace(spent)

    def batch(self, number: int) -> TalkBatch:
        kinds, rng = self._kinds.draw(number)
        return self.together([self._talk(kind, rng) for kind in kinds], kinds, rng)

    def together(self, talks: list[Talk], kinds: list[int], rng: np.random.Generator) -> TalkBatch:
        """Talks of these kinds side by side."""
        streams = self.model.config.streams
        rows = [rows_of(talk, streams) for talk in talks]
        counted = counted_steps(talks, kinds, streams, self.config.weights)
        return TalkBatch(
            side_by_side(rows, rows[0][:, -1]),
            counted,
            torch.tensor([talk.voice for talk in talks]),
            chosen_steps(counted, streams, self.config.code_steps, rng),
        )

    def losses(self, batch: TalkBatch) -> Mapping[str, Tensor]:
        said = self.model.predict(batch.frames, voice_tokens(batch.voices), chosen=batch.chosen)
        streams = self.model.config.streams
        return stream_losses(said, batch.weights, batch.chosen, streams, self.config.weights)

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        model = SpeechDecoder(self.model.config)
        model.load_state_dict(dict(weights))
        DUPLEX_READER.save(model, self.model.config, path)

    def _talk(self, kind: int, rng: np.random.Generator) -> Talk:
        draw = {SPEAK: self.exchanges.spoken, HEAR: self.exchanges.listened, CONVERSE: self.exchanges.talk}
        return draw[kind](rng)
