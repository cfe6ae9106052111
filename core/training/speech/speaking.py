"""Speaking: the lesson of a mouth, from sounds with their times to the numbers behind codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.errors import PalukuError
from core.nn.reader import Reader
from core.nn.s2s.code_space import CodeSpace
from core.nn.s2s.mouth import NO_SOUND, Mouth, MouthConfig
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.speakers import SPEAKER_NAMES
from core.training.speech.coding import Coded, Coding
from core.training.speech.rounds import Rounds
from core.training.speech.sounds import SOUNDS, pieces_of

MOUTH = Reader("mouth", MouthConfig, Mouth)
LANGUAGES = ("te", "en")


@dataclass(frozen=True, kw_only=True)
class SpeakingConfig:
    """What a lesson in speaking is made of."""

    frames: int = 5_000
    """Frames of codes in a batch."""
    longest: float = 12.0
    """Seconds; longer utterances are left out."""
    words: float = 0.3
    """Weight of the numbers of the first codebook against those of the envelopes."""
    voicing: float = 0.5
    pitch: float = 1.0
    lasting: float = 0.3


@dataclass(frozen=True, slots=True)
class Saying:
    """One utterance to be said."""

    pieces: NDArray[np.int64]  # [P]
    lasts: NDArray[np.int64]  # [P]
    frames: NDArray[np.float16]  # [T, D]
    voice: tuple[int, int, int]  # speaker, emotion, language


@dataclass(frozen=True, slots=True)
class SaidBatch:
    """Utterances of about the same length, the ends of shorter ones masked."""

    pieces: Tensor  # [B, P + 2 * reach]
    lasts: Tensor  # [B, P]
    at: Tensor  # [B, T]: which piece
    place: Tensor  # [B, T, 2]
    wanted: Tensor  # [B, T, D]
    voice: Tensor  # [B, 3]
    real: Tensor  # [B, T]


class Speaking:
    """A mouth and the utterances it learns from; new shards are taken in while it learns."""

    name = "mouth"

    def __init__(
        self,
        codings: Sequence[Coding],
        space: CodeSpace,
        config: SpeakingConfig,
        mouth: MouthConfig | None = None,
    ) -> None:
        self.config = config
        self.codings = codings
        self.model = Mouth(mouth or MouthConfig(n_sounds=len(SOUNDS), space=space.config))
        self.model.space.load_state_dict(space.state_dict())
        self.sayings: list[Saying] = []
        self._seen: set[Path] = set()
        self._rounds = Rounds(config.frames, salt=8)
        spread = space.spread[-space.config.acoustic_dim :]
        self._weights = spread / spread.mean()

    def batch(self, number: int) -> SaidBatch:
        return self.together([self.sayings[at] for at in self._rounds.batch(number, self._lengths)])

    def _lengths(self) -> list[int]:
        self.take_in()
        return [len(saying.frames) for saying in self.sayings]

    def take_in(self) -> None:
        """Shards that were made since the last time."""
        for coding in self.codings:
            for shard in coding.shards():
                if shard not in self._seen:
                    self._seen.add(shard)
                    found = (self.saying(coded) for coded in coding.coded(shard))
                    self.sayings += [saying for saying in found if saying]
        if not self.sayings:
            raise PalukuError(
                "No named voice speaks in the corpora.", 'Make one with sentences = "answered".'
            )

    def saying(self, coded: Coded) -> Saying | None:
        """An utterance as pieces and frames; None where the voice is no one's or the times are not known."""
        entry = coded.entry
        known = entry.speaker in SPEAKER_NAMES and entry.emotion in EMOTION_NAMES
        if not known or entry.language not in LANGUAGES or entry.seconds > self.config.longest:
            return None
        frames = coded.frames
        pieces = pieces_of(entry, coded.frame_rate, len(frames))
        if not pieces or sum(piece.frames for piece in pieces) != len(frames):
            return None
        count = len(SOUNDS)
        return Saying(
            np.array([piece.sound + count * piece.begins for piece in pieces]),
            np.array([piece.frames for piece in pieces]),
            frames,
            (
                SPEAKER_NAMES.index(entry.speaker),
                EMOTION_NAMES.index(entry.emotion),
                LANGUAGES.index(entry.language),
            ),
        )

    def together(self, sayings: Sequence[Saying]) -> SaidBatch:
        """Utterances side by side."""
        reach, count = self.model.config.reach, len(sayings)
        n_pieces = max(len(saying.pieces) for saying in sayings)
        length = max(len(saying.frames) for saying in sayings)
        pieces = np.full((count, n_pieces + 2 * reach), NO_SOUND)
        lasts = np.zeros((count, n_pieces), np.int64)
        at = np.zeros((count, length), np.int64)
        place = np.zeros((count, length, 2), np.float32)
        wanted = np.zeros((count, length, sayings[0].frames.shape[1]), np.float32)
        real = np.zeros((count, length), bool)
        for row, saying in enumerate(sayings):
            total, said = len(saying.frames), len(saying.pieces)
            pieces[row, reach : reach + said] = saying.pieces
            lasts[row, :said] = saying.lasts
            at[row, :total] = np.repeat(np.arange(said), saying.lasts)
            starts = np.cumsum(saying.lasts) - saying.lasts
            place[row, :total, 0] = np.arange(total) - np.repeat(starts, saying.lasts)
            place[row, :total, 1] = np.repeat(saying.lasts, saying.lasts)
            wanted[row, :total] = saying.frames
            real[row, :total] = True
        mean, spread = self.model.space.mean.cpu(), self.model.space.spread.cpu()
        return SaidBatch(
            torch.from_numpy(pieces),
            torch.from_numpy(lasts),
            torch.from_numpy(at),
            torch.from_numpy(place),
            (torch.from_numpy(wanted) - mean) / spread,
            torch.tensor([saying.voice for saying in sayings]),
            torch.from_numpy(real),
        )

    def said(self, batch: SaidBatch) -> tuple[Tensor, Tensor]:
        """The frames [B, T, D] said at the right times, and how long the mouth would take for them [B, P]."""
        mouth = self.model
        speaker, emotion, language = batch.voice.unbind(dim=1)
        voice = mouth.voice(speaker, emotion, torch.ones_like(speaker, dtype=torch.float32), language)
        outlook = mouth.outlook(batch.pieces, voice)
        laid = outlook.gather(1, batch.at[..., None].expand(-1, -1, outlook.shape[-1]))
        frames, _ = mouth.utter(laid, batch.place, voice, mouth.initial_state(len(voice)))
        return frames, mouth.frames_of(outlook)

    def losses(self, batch: SaidBatch) -> Mapping[str, Tensor]:
        config, parts = self.config, list(self.model.config.space.parts)
        frames, lasting = self.said(batch)
        words, melody, envelopes = (part[batch.real] for part in torch.split(frames.float(), parts, dim=-1))
        true_words, true_melody, true_envelopes = (
            part[batch.real] for part in torch.split(batch.wanted, parts, dim=-1)
        )
        voiced, height = melody.chunk(2, dim=-1)
        true_voiced, true_height = true_melody.chunk(2, dim=-1)
        on = (true_voiced > 0).float()
        pieces = batch.lasts > 0
        asked, given = batch.lasts[pieces].float(), lasting[pieces]
        return {
            "envelopes": ((envelopes - true_envelopes).abs() * self._weights.to(envelopes.device)).mean(),
            "words": config.words * (words - true_words).abs().mean(),
            "voicing": config.voicing * F.binary_cross_entropy_with_logits(voiced, on),
            "pitch": config.pitch * ((height - true_height).abs() * on).sum() / on.sum().clamp(min=1),
            "lasting": config.lasting * (given.log() - asked.log()).abs().mean(),
        }

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        mouth = Mouth(self.model.config)
        mouth.load_state_dict(dict(weights))
        MOUTH.save(mouth, self.model.config, path)
