"""Mouth: says given sounds in a voice and a mood, frame by frame, as numbers of a code space."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.chain import Chain
from core.nn.convnext import ConvNeXtBlock
from core.nn.s2s.code_space import CodeSpace, CodeSpaceConfig
from core.nn.state import part
from core.nn.streaming import State, Streaming

NO_SOUND = 0
"""The piece before the first and after the last one."""
LONGEST = 60.0  # frames that a piece may last


@dataclass(frozen=True, kw_only=True)
class MouthConfig:
    """How a mouth is built."""

    n_sounds: int
    """Kinds of sounds and pauses; a piece is a sound, plus `n_sounds` where a word begins with it."""
    n_speakers: int = 4
    n_emotions: int = 9
    n_languages: int = 2
    space: CodeSpaceConfig = field(default_factory=CodeSpaceConfig)
    piece_dim: int = 192
    piece_kernel: int = 5
    piece_dilations: tuple[int, ...] = (1, 2, 4)
    frame_dim: int = 256
    frame_blocks: int = 6

    @property
    def reach(self) -> int:
        """Pieces before and after a piece that decide how it sounds."""
        return sum(self.piece_dilations) * (self.piece_kernel // 2)


class Outlook(nn.Module):
    """Pieces in the light of their neighbours on both sides."""

    def __init__(self, config: MouthConfig) -> None:
        super().__init__()
        self.config = config
        dim = config.piece_dim
        self.sounds = nn.Embedding(config.n_sounds, dim)
        self.begins = nn.Embedding(2, dim)
        self.convs = nn.ModuleList(
            nn.Conv1d(dim, 2 * dim, config.piece_kernel, dilation=dilation)
            for dilation in config.piece_dilations
        )
        self.mixes = nn.ModuleList(nn.Linear(dim, dim) for _ in config.piece_dilations)
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in config.piece_dilations)

    def forward(self, pieces: Tensor, voice: Tensor) -> Tensor:  # [B, P + 2 * reach], [B, D] -> [B, P, D]
        """`reach` pieces are looked at on both sides and not answered."""
        count = self.config.n_sounds
        x: Tensor = self.sounds(pieces % count) + self.begins(pieces // count) + voice[:, None]
        for conv, mix, norm in zip(self.convs, self.mixes, self.norms, strict=True):
            y = F.glu(conv(norm(x).transpose(1, 2)), dim=1).transpose(1, 2)
            cut = (x.shape[1] - y.shape[1]) // 2
            x = x[:, cut : x.shape[1] - cut] + mix(y)
        return x


class Mouth(Streaming):
    """Sounds to numbers: how long each lasts, then frame after frame what it sounds like."""

    def __init__(self, config: MouthConfig) -> None:
        super().__init__()
        self.config = config
        self.space = CodeSpace(config.space)
        dim, wide = config.piece_dim, config.frame_dim
        self.speakers = nn.Embedding(config.n_speakers, dim)
        self.emotions = nn.Embedding(config.n_emotions, dim)
        self.languages = nn.Embedding(config.n_languages, dim)
        self.manner = nn.Embedding(config.n_speakers * config.n_emotions, dim)
        nn.init.zeros_(self.manner.weight)
        self.outlook = Outlook(config)
        self.lasting = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, dim), nn.GELU(), nn.Linear(dim, 1))
        self.piece_proj = nn.Linear(dim, wide)
        self.place_proj = nn.Linear(6, wide)
        self.voice_proj = nn.Linear(dim, wide)
        self.blocks = Chain(
            *(ConvNeXtBlock(wide, 3 * wide, layer_scale=0.1) for _ in range(config.frame_blocks))
        )
        self.norm = nn.LayerNorm(wide)
        self.head = nn.Linear(wide, config.space.dim)

    def voice(self, speaker: Tensor, emotion: Tensor, strength: Tensor, language: Tensor) -> Tensor:
        """[B] of each -> [B, D]; a mood of strength 0 is neutral (mood 0), above 1 more than was learned."""
        pairs = speaker * self.config.n_emotions
        plain = self.emotions.weight[0] + self.manner(pairs)
        moved = self.emotions(emotion) + self.manner(pairs + emotion)
        mood = plain + strength[:, None] * (moved - plain)
        voice: Tensor = self.speakers(speaker) + mood + self.languages(language)
        return voice

    def frames_of(self, outlook: Tensor) -> Tensor:  # [B, P, D] -> [B, P]
        """How many frames each piece lasts."""
        frames: Tensor = self.lasting(outlook).squeeze(-1).clamp(-1.0, 4.1).exp()
        return frames

    def initial_state(self, batch: int) -> State:
        return {"blocks": self.blocks.initial_state(batch)}

    def utter(
        self, piece: Tensor, place: Tensor, voice: Tensor, state: State
    ) -> tuple[Tensor, State]:  # [B, T, D], [B, T, 2], [B, D] -> [B, T, space]
        """The frames of pieces laid out in time; `place` is the frame in the piece and how many it lasts."""
        y = self.piece_proj(piece) + self.place_proj(_felt(place)) + self.voice_proj(voice)[:, None]
        y, blocks = self.blocks(y.transpose(1, 2), part(state, "blocks"))
        return self.head(self.norm(y.transpose(1, 2))), {"blocks": blocks}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        raise TypeError("a mouth is asked by `outlook` and `utter`")


def settled(frames: Tensor, space: CodeSpace) -> Tensor:  # [B, T, D] -> [B, T, D]
    """What was uttered with its voicing decided: a frame is voiced or not, and without voice has no pitch."""
    words, melody, envelopes = torch.split(frames, list(space.config.parts), dim=-1)
    first, last = space.config.semantic_dim, space.config.semantic_dim + space.config.contour_dim
    mean, spread = space.mean[first:last], space.spread[first:last]
    voiced, height = melody.chunk(2, dim=-1)
    on = (voiced > 0).to(frames.dtype)  # a logit
    half = space.config.contour_dim // 2
    height = (height * spread[half:] + mean[half:]) * on
    melody = (torch.cat([on, height], dim=-1) - mean) / spread
    return torch.cat([words, melody, envelopes], dim=-1)


def _felt(place: Tensor) -> Tensor:  # [B, T, 2] -> [B, T, 6]
    at, length = place[..., :1], place[..., 1:].clamp(min=1.0)
    share = (at + 0.5) / length
    return torch.cat(
        [
            share,
            1 - share,
            (at / 10).clamp(max=2),
            ((length - at) / 10).clamp(max=2),
            length.log(),
            1 / length,
        ],
        dim=-1,
    )
