"""Playlist: what files and typed words say to a talk, one after the other, until all of it is answered."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from core.line import Line
from core.s2s.base import SpeechSpec
from core.talks.base import Talk
from core.talks.turns import TurnTalk


class Playlist:
    """What comes once a sound has ended. A microphone's never does."""

    def __init__(self, next_text: Callable[[], str | None], linger_seconds: float) -> None:
        """`next_text` is what is typed next; after all sound rings are still awaited."""
        self.over = False
        """All sound came to its end: there is nothing more to hear."""
        self._next_text = next_text
        self._linger_seconds = linger_seconds
        self._silence_left = 0
        self._ended_at: float | None = None

    def begin(self, spec: SpeechSpec | None) -> None:
        """A turn begins: its answer may take as long as the model can speak, and is heard out in silence."""
        self._silence_left = int(spec.max_seconds * spec.frame_rate) if spec else 0

    def go_on(
        self, talk: Talk, line: Line, spec: SpeechSpec | None, *, hands_free: bool, awaits_ring: bool
    ) -> None:
        """A file ended: that is the end of a turn. Once it is answered, the next one begins."""
        talk.hold(False)
        if talk.busy and self._silence_left > 0:  # what a duplex model still says, it says into silence
            self._silence_left -= 1
            talk.hear(np.zeros(line.format.frame_size, np.float32))
        elif isinstance(talk, TurnTalk) and (text := self._next_text()) is not None:
            self.begin(spec)
            talk.read(text)
        elif line.next_source():
            self.begin(spec)
            talk.hold(not hands_free)
        else:
            self._ended_at = self._ended_at or time.monotonic()
            late = time.monotonic() - self._ended_at >= self._linger_seconds
            self.over = not talk.busy and (late or not awaits_ring)
