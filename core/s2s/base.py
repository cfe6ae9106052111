"""The words of speech models: Voice, Spoken, SpeechSpec, and the two kinds of model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from core.codecs.base import Codes


@dataclass(frozen=True, slots=True)
class Voice:
    """How the answer shall sound, and in which language."""

    speaker: str
    emotion: str = "neutral"
    language: str = "auto"
    strength: float = 1.0
    """How strongly the emotion colours the voice: 0 not at all, 1 as trained."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One frame of the answer and the words that begin in it."""

    codes: Codes  # [K, 1]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSpec:
    """What a speech model is, to those who use it."""

    codec: str
    """The id of the codec whose codes it hears and speaks."""
    codebook_sizes: tuple[int, ...]
    frame_rate: float
    speakers: tuple[str, ...]
    emotions: tuple[str, ...] = ("neutral",)
    languages: tuple[str, ...] = ("auto",)
    duplex: bool = False
    max_seconds: float = 30.0
    """The longest reply of a turn model; a duplex model talks on."""


class Listener(Protocol):
    """One user turn being heard."""

    def push(self, codes: Codes) -> str:
        """Codes in; the words that became clear with them out ("" while there are none)."""


class TurnModel(Protocol):
    """A model that hears a whole turn, then answers."""

    @property
    def spec(self) -> SpeechSpec: ...

    def listen(self) -> Listener: ...

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Iterator[Spoken]:
        """The answer, frame by frame. To interrupt it, close the iterator."""


class Conversation(Protocol):
    """One talk with a duplex model: it hears and speaks in every frame."""

    def push(self, codes: Codes) -> Spoken:
        """One frame heard in, one frame spoken out (silence is a frame as well)."""


@runtime_checkable
class DuplexModel(Protocol):
    """A model that listens while it speaks."""

    @property
    def spec(self) -> SpeechSpec: ...

    def converse(self, voice: Voice, *, seed: int) -> Conversation: ...


SpeechModel = TurnModel | DuplexModel
