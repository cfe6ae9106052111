"""Bell: what came due while nobody asked, kept until it can be said."""

from __future__ import annotations

import time

from core.domain.talk import Answer
from core.errors import ModelError
from core.events import Failed, Ringing
from core.talks.base import Emit
from core.talks.companion import Companion
from core.talks.turns import TurnTalk

LOOK_SECONDS = 0.5


class Bell:
    """The timers, alarms and reminders of a companion, looked at about twice a second."""

    def __init__(self, companion: Companion, emit: Emit) -> None:
        self._companion = companion
        self._emit = emit
        self._due: list[Answer] = []
        self._next_look = 0.0

    @property
    def waits(self) -> bool:
        """Whether anything is due now or later."""
        return bool(self._due) or self._companion.waits

    def rings(self) -> bool:
        """Whether something is to be said now."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + LOOK_SECONDS
            self._due += self._companion.due()
            for error in self._companion.troubles():
                self._emit(Failed(error))
        return bool(self._due)

    def ring(self, talk: TurnTalk) -> None:
        """Let this talk say what is due; one thing at a time, and never into a turn."""
        if talk.busy or not self._due:
            return
        answer = self._due.pop(0)
        try:
            number = talk.say(
                lambda heard, voice, seed: self._companion.tell(answer, heard, voice, seed=seed)
            )
        except ModelError as error:
            self._emit(Failed(error))
            return
        self._emit(Ringing(number, answer.intent.partition("_")[0]))
