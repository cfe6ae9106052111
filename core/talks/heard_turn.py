"""HeardTurn: the user's turn while it is being heard."""

from __future__ import annotations

from core.audio.base import Pcm
from core.codecs.base import Codes
from core.s2s.base import LateListener, Listener
from core.talks.floor import is_nod
from core.talks.rounds import HeardRounds

_SHORT_SECONDS = 0.4  # of a voice in which no word is found: a hum, a cough


class HeardTurn:
    """The user's turn: its codes and the words found in them."""

    def __init__(self, rounds: HeardRounds, listener: Listener) -> None:
        self.rounds = rounds
        self.listener = listener
        self.codes: list[Codes] = []
        self.text = ""
        self.voice = 0.0
        """Seconds in which somebody spoke."""
        self._finished = False

    def push(self, pcm: Pcm) -> str:
        return self.take_in(self.rounds.push(pcm))

    def take_in(self, codes: Codes | None) -> str:
        """The words that became clear with these codes."""
        if codes is None:
            return ""
        self.codes.append(codes)
        words = self.listener.push(codes)
        self.text += words
        return words

    def finish(self) -> None:
        """Nothing more comes: let the last words be found."""
        self.take_in(self.rounds.flush())
        if self.codes and isinstance(self.listener, LateListener) and not self._finished:
            self._finished = True
            self.text += self.listener.finish()

    def nods(self) -> bool:
        """Whether the turn, now that it is over, only says: I am listening, go on."""
        self.finish()
        words = self.text.strip()
        return is_nod(words) if words else self.voice < _SHORT_SECONDS
