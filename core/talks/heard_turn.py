"""HeardTurn: the user's turn while it is being heard."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from core.audio.base import Pcm
from core.codecs.base import Codes
from core.s2s.base import ForetellingListener, LateListener, Listener
from core.talks.floor import is_nod
from core.talks.rounds import HeardRounds
from core.talks.share import Share

_LEAST_FRAMES = 2  # that are heard in the time of one, while earlier ones wait
_ASK_AGAIN_SECONDS = 0.2  # of the same silence: the last words of it become clear a little late
_UNFINISHED = -1.0  # log odds: more must come, or these were no words
_HUM_SECONDS = 0.5  # of a voice in which words are found that are no turn
_SHORT_SECONDS = 0.4  # of a voice in which no word is found: a hum, a cough


class HeardTurn:
    """The user's turn: its codes and the words found in them."""

    def __init__(self, rounds: HeardRounds, listener: Listener) -> None:
        self.rounds = rounds
        self.listener = listener
        self.codes: list[Codes] = []
        self.text = ""
        self.waiting: deque[Pcm] = deque()
        """Frames that are not yet heard: those from before it was certain that this is a turn."""
        self.voice = 0.0
        """Seconds in which somebody spoke."""
        self._asked_at = 0.0
        self._closed = 0.0

    def push(self, pcm: Pcm, share: Share) -> str:
        """The words that became clear with this frame, or with those that waited for their turn before it."""
        self.waiting.append(pcm)
        words, heard = "", 0
        while self.waiting and (heard < _LEAST_FRAMES or share.left):
            words += self._hear_next()
            heard += 1
        return words

    def _hear_next(self) -> str:
        return self.take_in(self.rounds.push(self.waiting.popleft()))

    def take_in(self, codes: Codes | None) -> str:
        """The words that became clear with these codes."""
        if codes is None:
            return ""
        self.codes.append(codes)
        words = self.listener.push(codes)
        self.text += words
        return words

    def finishing(self) -> Iterator[None]:
        """Nothing more comes: let the last words be found, a bit at a time."""
        while self.waiting:
            self._hear_next()
            yield
        self.take_in(self.rounds.flush())
        if self.codes and isinstance(self.listener, LateListener):
            for words in self.listener.last_words():
                self.text += words
                yield

    def closed(self, silence: float) -> float:
        """How much the words sound like all of a turn, after so long a silence: 0 says nothing."""
        if not isinstance(self.listener, ForetellingListener) or silence < self._asked_at:
            self._asked_at = 0.0
        elif silence >= self._asked_at + _ASK_AGAIN_SECONDS:
            self._asked_at, self._closed = silence, self.listener.closed()
        return self._closed if self._asked_at else 0.0

    def nods(self) -> bool:
        """Whether the turn, once its last words are found, only says: I am listening, go on.

        A hum may be misheard as a word, but seldom as one that says something.
        """
        words = self.text.strip()
        if not words:
            return self.voice < _SHORT_SECONDS
        if is_nod(words) or not isinstance(self.listener, ForetellingListener):
            return is_nod(words)
        return self.voice < _HUM_SECONDS and self.listener.closed() < _UNFINISHED
