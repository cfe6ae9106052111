"""The dialogue: a turn in, an answer out, with what follows from earlier turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from core.domain.book import LANGUAGES, UNKNOWN
from core.domain.script import sound_key
from core.domain.talk import Answer, Memory, Replies, Request
from core.domain.understand import Understander, Understood
from core.s2s.base import Reading

_COUNTED = {"arithmetic", "convert"}
"""Read from the mended turn: numbers and units, where no word is free to be anything."""
_SMALL_TURNS = {"yes", "no", "stop", "repeat", UNKNOWN}


class Answering(Protocol):
    """What answers requests with more than a written reply: the skills at their desk."""

    def answer(self, request: Request) -> Answer | None:
        """The answer, or None where the written replies of the intent will do."""

    def own_intent(self, text: str, language: str) -> str:
        """The intent that a user's own skill hears in the text, or an empty string."""

    def ring(self, language: str) -> Sequence[Answer]:
        """What must be said now though nobody asked: timers, alarms, reminders."""


class Dialogue:
    """One talk: understands each turn, answers it, and remembers what it needs for the next."""

    def __init__(
        self, understander: Understander, replies: Replies, memory: Memory, skills: Answering
    ) -> None:
        self._understander = understander
        self._replies = replies
        self._memory = memory
        self._skills = skills
        self._heard = "te"

    def answer(self, text: str, language: str = "auto", *, heard: bool = False) -> Answer:
        """The answer to a turn, heard or written, in its language unless the user chose one for replies."""
        if language not in LANGUAGES:
            language = self._understander.language_of(text)
        self._heard = language
        understood = self._understander.understand(text, language, heard=heard)
        reply_in = self._memory.language or language
        said = understood.mended if understood.intent in _COUNTED else text
        request = Request(understood.intent, reply_in, said, understood.words, understood.slots, language)
        request = self._followed(request, understood)
        answer = self._answered(request)
        if answer.intent != "repeat":
            self._memory.last = answer
        return answer

    def meant(self, readings: Sequence[Reading]) -> int:
        """Which of several readings of a turn was meant; what was asked for may be anything."""
        asked = self._memory.awaited or self._memory.riddle
        return 0 if asked else self._understander.meant(readings)

    def closed(self, text: str) -> float:
        """How much a turn sounds like all of it, by its words; what was asked for may be a word or two."""
        asked = self._memory.awaited or self._memory.riddle
        return 0.0 if asked else self._understander.closed(text)

    def language_of(self, text: str) -> str:
        """The language that a text is in."""
        return self._understander.language_of(text)

    def ring(self) -> list[Answer]:
        """What is due though nobody spoke; ask for it about once a second."""
        return list(self._skills.ring(self._memory.language or self._heard))

    def _answered(self, request: Request) -> Answer:
        answer = self._skills.answer(request)
        if answer is not None:
            return answer
        reply = self._replies.draw(request.intent, request.language)
        self._memory.offer = reply.offer
        return self._replies.filled(reply, request.intent, request.language)

    def _followed(self, request: Request, understood: Understood) -> Request:
        """The request in the light of the turns before it."""
        memory = self._memory
        offer, awaited = memory.offer, memory.awaited
        memory.offer, memory.awaited = "", None
        if own := self._skills.own_intent(request.text, request.heard):
            return replace(request, intent=own)
        if offer and request.intent == "yes":
            return replace(request, intent=offer, slots={})
        if awaited and self._fills(awaited, request):
            return replace(
                awaited, words=request.words, text=request.text, slots={**awaited.slots, **request.slots}
            )
        if memory.riddle and self._solves(request):
            return replace(request, intent="riddle_answer", slots={"solved": memory.riddle})
        if memory.riddle and request.intent == UNKNOWN and len(request.words) <= 4:
            return replace(request, intent="riddle_answer", slots={"guess": request.text})
        return request

    def _fills(self, awaited: Request, request: Request) -> bool:
        """A turn such as "ten minutes" fills what was asked for, unless it is clearly something else."""
        gives = any(slot in request.slots for slot in ("duration", "time_of_day", "number"))
        return gives and (request.intent in {awaited.intent, *_SMALL_TURNS} or len(request.words) <= 3)

    def _solves(self, request: Request) -> bool:
        solution = sound_key(self._memory.riddle.lower())
        return any(
            word.key == solution or (len(solution) > 4 and solution[:-1] in word.key)
            for word in request.words
        )
