"""Hearing: the lesson of an ear, from codes to the letters that were said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.errors import PalukuError
from core.nn.reader import Reader
from core.nn.s2s.code_space import CodeSpace
from core.nn.s2s.ear import BLANK, Ear, EarConfig
from core.training.corpus.manifest import Entry
from core.training.speech.coding import Coded, Coding
from core.training.speech.disguise import Disguise, DisguiseConfig
from core.training.speech.letters import LETTERS, spelled
from core.training.speech.rounds import Rounds
from core.training.speech.sounds import SOUNDS, sounds_of

EAR = Reader("ear", EarConfig, Ear)


@dataclass(frozen=True, kw_only=True)
class HearingConfig:
    """What a lesson in hearing is made of."""

    frames: int = 5_000
    """Frames of codes in a batch."""
    longest: float = 12.0
    """Seconds; longer utterances are left out."""
    masks: int = 2
    """Stretches of time that are blanked out, so that no moment is leaned on too much."""
    mask_frames: int = 12
    noise: float = 0.1
    dropped: float = 0.05
    """Share of the numbers of a frame that is blanked out over a whole utterance."""
    disguise: DisguiseConfig = field(default_factory=DisguiseConfig)


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance to be heard."""

    codes: NDArray[np.uint16]  # [K, T]
    letters: list[int]
    """None where it is in neither script of ours."""
    sounds: list[int] = field(default_factory=list)
    """None where nobody told them."""


@dataclass(frozen=True, slots=True)
class HeardBatch:
    """Utterances of about the same length."""

    frames: Tensor  # [B, T, D]
    lengths: Tensor  # [B]
    letters: Tensor  # [sum]
    counts: Tensor  # [B]
    sounds: Tensor  # [sum]
    sound_counts: Tensor  # [B]; 0 where they are not known


class Hearing:
    """An ear and the utterances it learns from; new shards are taken in while it learns."""

    name = "ear"

    def __init__(
        self,
        codings: Sequence[Coding],
        space: CodeSpace,
        config: HearingConfig,
        ear: EarConfig | None = None,
        *,
        left_out: Callable[[str], bool] = lambda text: False,
        sounds: Callable[[Entry], list[int]] = sounds_of,
        disguise: Disguise | None = None,
    ) -> None:
        """Texts that are `left_out` are never heard: they are kept for measuring."""
        self.config = config
        self._disguise = disguise
        self._left_out = left_out
        self._sounds = sounds
        self.codings = codings
        self.model = Ear(ear or EarConfig(n_pieces=len(LETTERS), n_sounds=len(SOUNDS), space=space.config))
        self.turns: list[Turn] = []
        self._seen: set[Path] = set()
        self._rounds = Rounds(config.frames, salt=7)
        self.model.space.load_state_dict(space.state_dict())

    def batch(self, number: int) -> HeardBatch:
        return self.together([self.turns[at] for at in self._rounds.batch(number, self._lengths)])

    def _lengths(self) -> list[int]:
        self.take_in()
        return [turn.codes.shape[1] for turn in self.turns]

    def take_in(self) -> None:
        """Shards that were made since the last time."""
        for coding in self.codings:
            for shard in coding.shards():
                if shard not in self._seen:
                    self._seen.add(shard)
                    self.turns += [turn for coded in coding.coded(shard) if (turn := self._turn(coded))]
        if not self.turns:
            raise PalukuError("There is nothing to hear in the corpora.", "Make one with `paluku corpus`.")

    def _turn(self, coded: Coded) -> Turn | None:
        entry = coded.entry
        if entry.split != "train" or entry.seconds > self.config.longest or self._left_out(entry.text):
            return None
        letters, sounds = spelled(entry.text), self._sounds(entry)
        told = 0 < max(len(letters), len(sounds)) < coded.codes.shape[1]
        return Turn(coded.codes, letters, sounds) if told else None

    def together(self, turns: Sequence[Turn]) -> HeardBatch:
        """Utterances side by side, as numbers, the shorter ones ending in silence."""
        steps = self.model.config.steps
        longest = max(turn.codes.shape[1] for turn in turns)
        longest += -longest % steps
        codes = np.zeros((len(turns), turns[0].codes.shape[0], longest), np.int64)
        for row, turn in zip(codes, turns, strict=True):
            row[:, : turn.codes.shape[1]] = turn.codes
            row[:, turn.codes.shape[1] :] = turn.codes[:, -1:]
        space = self.model.space
        with torch.no_grad():
            heard = torch.from_numpy(codes).to(space.mean.device)
            frames, _ = space.heard(heard, space.initial_state(len(turns)))
        return HeardBatch(
            frames,
            torch.tensor([turn.codes.shape[1] for turn in turns]),
            torch.tensor([letter for turn in turns for letter in turn.letters]),
            torch.tensor([len(turn.letters) for turn in turns]),
            torch.tensor([sound for turn in turns for sound in turn.sounds], dtype=torch.long),
            torch.tensor([len(turn.sounds) for turn in turns]),
        )

    def losses(self, batch: HeardBatch) -> Mapping[str, Tensor]:
        ear = self.model
        heard, _ = ear.listen(self._spoiled(batch.frames), ear.initial_state(len(batch.frames)))
        losses = {"letters": _lost(ear.letters(heard), batch.letters, batch.lengths, batch.counts)}
        if ear.sound_head is not None:
            losses["sounds"] = _lost(ear.sounds(heard), batch.sounds, batch.lengths, batch.sound_counts)
        return losses

    def _spoiled(self, frames: Tensor) -> Tensor:
        config = self.config
        if self._disguise is not None:
            frames = self._disguise.to(frames.device)(frames)
        (batch, length, dim), device = frames.shape, frames.device
        kept = (torch.rand(batch, 1, dim, device=device) >= config.dropped).to(frames.dtype)
        frames = frames * kept + config.noise * torch.randn_like(frames)
        for _ in range(config.masks):
            width = torch.randint(0, config.mask_frames + 1, (batch, 1), device=device)
            start = (torch.rand(batch, 1, device=device) * length).long()
            at = torch.arange(length, device=device)
            frames = frames * ((at < start) | (at >= start + width))[..., None]
        return frames

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        ear = Ear(self.model.config)
        ear.load_state_dict(dict(weights))
        EAR.save(ear, self.model.config, path)


def _lost(logits: Tensor, wanted: Tensor, lengths: Tensor, counts: Tensor) -> Tensor:
    """How unlikely the wanted pieces are, for each of them; utterances without any teach nothing."""
    chances = F.log_softmax(logits.float(), dim=-1).transpose(0, 1)
    lost = F.ctc_loss(*(chances, wanted, lengths, counts), blank=BLANK, reduction="none", zero_infinity=True)
    return lost[counts > 0].sum() / counts.sum().clamp(min=1)
