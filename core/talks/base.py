"""The words of talks: Talk, and what a talk needs from the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from core.audio.base import AudioSink, Pcm
from core.events import Event
from core.history import Turn
from core.s2s.base import Listener, Voice

Emit = Callable[[Event], None]
Keep = Callable[[Turn], None]

FRAMES_AHEAD = 4  # frames that one tick may make at most, so that orders are obeyed in between

NARROW, SHORT, TOGETHER = 1, 2, 3
"""Steps of relief, each on top of those before: no upper band, a shorter memory, several frames at once."""


class Talk(Protocol):
    """What happens with each frame heard, and what is said meanwhile."""

    def hear(self, pcm: Pcm) -> None:
        """One frame from the microphone."""

    def speak(self, sink: AudioSink) -> None:
        """Fill the sink as far as it has room."""

    def hold(self, down: bool) -> None:
        """The talk button was pressed or let go."""

    def interrupt(self) -> None:
        """Stop answering now."""

    def set_voice(self, voice: Voice) -> None:
        """From the next answer on, sound like this."""

    def set_codebooks(self, count: int | None) -> None:
        """Decode with the first `count` codebooks only (None: all)."""

    def set_pause(self, seconds: float) -> None:
        """How long a silence ends a turn."""

    def set_barge_in(self, by_voice: bool) -> None:
        """Whether a voice stops an answer; the talk button and the key for it always do."""

    @property
    def busy(self) -> bool:
        """Whether something is being heard or answered."""

    def close(self) -> None:
        """The talk is over: finish what was begun, keep what was said."""


@runtime_checkable
class Relievable(Protocol):
    """What can do with less work while the computer is too slow."""

    def relieve(self, step: int) -> bool:
        """Leave out what this step of relief says (0: nothing), and tell whether that changes anything."""


@runtime_checkable
class Reader(Protocol):
    """A turn model that can be given a turn as words."""

    def read(self, words: str) -> Listener:
        """The turn, as if these words had been heard."""


@runtime_checkable
class Voiced(Protocol):
    """A reply that has a voice of its own: the wished one, with a mood and a language that fit its words."""

    @property
    def voice(self) -> Voice: ...
