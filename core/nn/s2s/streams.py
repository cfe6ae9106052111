"""Streams: what runs side by side in every frame, and how far each lags behind."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

NOTHING = -1  # a token that is embedded as the zero vector
FREE = -2  # a token that the model shall draw by itself


@dataclass(frozen=True, kw_only=True)
class StreamsConfig:
    """The streams of a speech model: own text, own codes, codes heard, words heard; rows in this order."""

    own_sizes: tuple[int, ...] = ()
    heard_sizes: tuple[int, ...] = ()
    text_size: int = 0
    """Pieces of the own text; 0 for a model without."""
    heard_text_size: int = 0
    """Pieces of the text stream that follows the user's words; 0 for a model without."""
    delays: tuple[int, ...] = ()
    """Frames by which each row comes later than it is spoken; empty for none at all."""
    start_rows: bool = False
    """Whether each table has one row more for “not begun yet”; otherwise that is the zero vector."""
    text_pad: int = 0
    """Stands where no word begins."""
    text_pad_end: int = NOTHING
    """Announces a word for the next frame."""
    text_end: int = NOTHING
    """Ends the turn."""

    def __post_init__(self) -> None:
        if self.delays and (len(self.delays) != self.rows or min(self.delays) < 0):
            raise ValueError(f"{self.rows} streams need as many delays, not {self.delays}")
        if not self.rows:
            raise ValueError("a speech model needs a stream")

    @property
    def rows(self) -> int:
        return len(self.sizes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Tokens of each row."""
        text, heard_text = (self.text_size,) * self.has_text, (self.heard_text_size,) * self.has_heard_text
        return text + self.own_sizes + self.heard_sizes + heard_text

    @property
    def has_text(self) -> bool:
        return self.text_size > 0

    @property
    def has_heard_text(self) -> bool:
        return self.heard_text_size > 0

    @property
    def own(self) -> slice:
        """The rows of the own codes."""
        return slice(self.has_text, self.has_text + len(self.own_sizes))

    @property
    def heard(self) -> slice:
        """The rows of the codes heard."""
        return slice(self.own.stop, self.own.stop + len(self.heard_sizes))

    @property
    def made(self) -> tuple[int, ...]:
        """The rows that the model itself makes at run time: own text, own codes, words heard."""
        first, last = self.own.stop, self.heard.stop
        return tuple(row for row in range(self.rows) if row < first or row >= last)

    def delay(self, row: int) -> int:
        return self.delays[row] if self.delays else 0

    @property
    def lead(self) -> int:
        """Steps until a whole frame of the own voice is there."""
        return max((self.delay(row) for row in range(self.own.stop)), default=0)

    @property
    def starts(self) -> tuple[int, ...]:
        """What each row holds before its first token."""
        return self.sizes if self.start_rows else (NOTHING,) * self.rows

    def start_tokens(self, device: torch.device | None = None) -> Tensor:  # [S]
        return torch.tensor(self.starts, dtype=torch.long, device=device)


def steps_of(frames: Tensor, streams: StreamsConfig) -> tuple[Tensor, Tensor]:
    """Frames [B, S, T] as the tokens of each step [B, S, T], and where those are real [S, T].

    A row with a delay of d has frame f in step f + d; its last d frames fall out at the end.
    """
    length = frames.shape[-1]
    at = torch.arange(length, device=frames.device)
    delays = torch.tensor([streams.delay(row) for row in range(streams.rows)], device=frames.device)
    source = at - delays[:, None]  # [S, T]
    moved = frames.gather(-1, source.clamp(min=0).expand_as(frames))
    starts = streams.start_tokens(frames.device)[:, None]
    return torch.where(source >= 0, moved, starts), source >= 0


def inputs_of(steps: Tensor, streams: StreamsConfig) -> Tensor:  # [B, S, T] -> [B, S, T]
    """What each step is given: the tokens of the step before it."""
    starts = streams.start_tokens(steps.device)[None, :, None].expand(steps.shape[0], -1, 1)
    return torch.cat([starts, steps[..., :-1]], dim=-1)
