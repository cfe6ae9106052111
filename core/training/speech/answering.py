"""Answering: the lesson of a Conformer, which hears a whole turn and then answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from core.nn.s2s.conformer import Conformer, ConformerConfig, Heard
from core.nn.s2s.stored import CONFORMER_READER
from core.training.speech.exchange_config import TrainExchangeConfig
from core.training.speech.exchanges import Exchanges, Turn
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
class TurnBatch:
    """Turns side by side, what was heard and what is answered."""

    heard: Tensor  # [B, K, T]
    visible: Tensor  # [B, T]: where it is real
    pieces: Tensor  # [sum]
    counts: Tensor  # [B]
    writes: Tensor  # [B]: whether the words heard count
    frames: Tensor  # [B, S, T']
    weights: Tensor  # [B, S, T']: of steps
    voices: Tensor  # [B, 3]
    chosen: Tensor  # [N]


class Answering:
    """A Conformer and the turns it learns from."""

    name = "conformer"

    def __init__(self, exchanges: Exchanges, model: ConformerConfig, config: TrainExchangeConfig) -> None:
        self.exchanges, self.config = exchanges, config
        self.model = Conformer(model)
        self._kinds = Kinds(config, salt=22)

    def pace(self, spent: float) -> None:
        self._kinds.pace(spent)

    def batch(self, number: int) -> TurnBatch:
        kinds, rng = self._kinds.draw(number)
        return self.together([self._turn(kind, rng) for kind in kinds], kinds, rng)

    def together(self, turns: list[Turn], kinds: list[int], rng: np.random.Generator) -> TurnBatch:
        """Turns of these kinds side by side."""
        streams = self.model.config.decoder.streams
        rows = [rows_of(turn.answer, streams) for turn in turns]
        counted = counted_steps([turn.answer for turn in turns], kinds, streams, self.config.weights)
        lengths = torch.tensor([turn.heard.shape[1] for turn in turns])
        heard = [turn.heard.astype(np.int64) for turn in turns]
        return TurnBatch(
            side_by_side(heard, np.zeros(len(heard[0]), np.int64)),
            torch.arange(int(lengths.max())) < lengths[:, None],
            torch.tensor([piece for turn in turns for piece in turn.pieces], dtype=torch.long),
            torch.tensor([len(turn.pieces) for turn in turns]),
            torch.tensor([float(kind != SPEAK) for kind in kinds]),
            side_by_side(rows, rows[0][:, -1]),
            counted,
            torch.tensor([turn.answer.voice for turn in turns]),
            chosen_steps(counted, streams, self.config.code_steps, rng),
        )

    def losses(self, batch: TurnBatch) -> Mapping[str, Tensor]:
        model, scale = self.model, self.config.weights
        voices = voice_tokens(batch.voices)
        said, turn = model.predict(
            batch.heard, batch.frames, voices, visible=batch.visible, chosen=batch.chosen
        )
        losses = stream_losses(said, batch.weights, batch.chosen, model.config.decoder.streams, scale)
        if turn.words is not None:
            losses["words"] = scale.words * self._unheard(turn, batch)
        return losses

    def _unheard(self, turn: Heard, batch: TurnBatch) -> Tensor:
        """Connectionist temporal classification of the user's words, for each piece."""
        assert turn.words is not None
        chances = F.log_softmax(turn.words.float(), dim=-1).transpose(0, 1)  # [T, B, n_words]
        lost = F.ctc_loss(
            *(chances, batch.pieces, batch.visible.sum(dim=1), batch.counts),
            blank=self.model.config.blank,
            reduction="none",
            zero_infinity=True,
        )
        return (lost * batch.writes).sum() / (batch.counts * batch.writes).sum().clamp(min=1.0)

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        model = Conformer(self.model.config)
        model.load_state_dict(dict(weights))
        CONFORMER_READER.save(model, self.model.config, path)

    def _turn(self, kind: int, rng: np.random.Generator) -> Turn:
        draw = {
            SPEAK: self.exchanges.spoken_turn,
            HEAR: self.exchanges.listened_turn,
            CONVERSE: self.exchanges.turn,
        }
        return draw[kind](rng)
