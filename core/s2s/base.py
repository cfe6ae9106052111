"""The words of speech models: Voice, Spoken, SpeechSpec, and the two kinds of model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from core.codecs.base import Codes


@dataclass(frozen=True, slots=True)
class Voice:
    """How the answer shall sound, and in which language."""

    speaker: str
    emotion: str = "neutral"
    language: str = "auto"
    strength: float = 1.0
    """How strongly the emotion colours the voice: 0 not at all, 1 as trained."""
    pace: float = 1.0
    """How fast it speaks: 1 as trained, 2 twice as fast; models that know no pace speak as they do."""


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
    answers: Literal["model", "domain"] = "model"
    """Who chooses what to answer: the model itself, or the dialogue, whose words it says."""


class Listener(Protocol):
    """One user turn being heard."""

    def push(self, codes: Codes) -> str:
        """Codes in; the words that became clear with them out ("" while there are none)."""


@runtime_checkable
class LateListener(Protocol):
    """A listener that finds words a little late."""

    def last_words(self) -> Iterator[str]:
        """The turn ended: what words become clear with each bit of work that is left ("" with most)."""


@runtime_checkable
class GuessingListener(Protocol):
    """A listener that can tell what was likely said so far, before it is certain."""

    def likely_words(self) -> str:
        """The likeliest words up to now; nothing where none fit."""


@runtime_checkable
class ForetellingListener(Protocol):
    """A listener that knows from the words whether more of them must come."""

    def closed(self) -> float:
        """How much the turn so far sounds like all of it: 0 says nothing (log odds)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was heard, and how likely it is beside the likeliest, which has 1."""

    words: str
    likely: float


@runtime_checkable
class UnsureListener(LateListener, Protocol):
    """A listener that leaves it to others which of its readings was meant."""

    def prefer(self, choose: Callable[[Sequence[Reading]], int]) -> None:
        """When the turn ends, its words are those of the chosen reading."""


class Reply(Iterator[Spoken], Protocol):
    """An answer while it is being made, frame by frame."""

    def set_voice(self, voice: Voice) -> None:
        """Sound like this from the next frame on."""

    def close(self) -> None:
        """Make nothing more: the answer was interrupted."""


@runtime_checkable
class Preparable(Protocol):
    """A reply before whose first frame there is much to do."""

    def prepare(self) -> Iterator[None]:
        """Do it, a bit at a time; a first frame that is asked for earlier takes longer."""


class TurnModel(Protocol):
    """A model that hears a whole turn, then answers."""

    @property
    def spec(self) -> SpeechSpec: ...

    def listen(self) -> Listener: ...

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Reply: ...

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        """These words, in the model's own voice, in place of its answer."""


class Conversation(Protocol):
    """One talk with a duplex model: it hears and speaks in every frame."""

    def push(self, codes: Codes) -> Spoken:
        """One frame heard in, one frame spoken out (silence is a frame as well)."""

    def words_heard(self) -> str:
        """The user's words that became clear since this was last asked."""

    def set_voice(self, voice: Voice) -> None:
        """Sound like this from the next frame on."""

    def say(self, words: str) -> None:
        """Speak these words next, in the model's own voice."""

    def shorten(self, on: bool) -> bool:
        """While on, look back on the newest part of the talk only; tell whether this model can."""


@runtime_checkable
class DuplexModel(Protocol):
    """A model that listens while it speaks."""

    @property
    def spec(self) -> SpeechSpec: ...

    def converse(self, voice: Voice, *, seed: int) -> Conversation: ...


SpeechModel = TurnModel | DuplexModel
