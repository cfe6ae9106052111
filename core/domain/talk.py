"""The words of the dialogue: Request, Answer, Wish, Memory, and Replies that do not repeat themselves."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from core.domain.book import Domain, Reply
from core.domain.understand import SlotValue
from core.domain.wording import Word

WishKind = Literal["volume", "pace", "speaker", "emotion", "language", "stop", "play"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that the engine shall apply: volume and pace as factors, the others by name."""

    what: WishKind
    value: float | str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A turn as a skill sees it; `language` is the language of the reply."""

    intent: str
    language: str
    text: str
    words: tuple[Word, ...] = ()
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    heard: str = ""
    """The language of the turn itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Paluku says, how, and what it wishes of the engine."""

    text: str
    language: str
    emotion: str = "neutral"
    intent: str = ""
    wishes: tuple[Wish, ...] = ()


@dataclass(slots=True)
class Memory:
    """What the talk remembers between turns."""

    last: Answer | None = None
    name: str = ""
    riddle: str = ""
    """The answer of the open riddle."""
    offer: str = ""
    """The intent that a yes leads to."""
    awaited: Request | None = None
    """The request that still lacks a slot, such as a timer without a length."""
    language: str = ""
    """The language of replies, where the user chose one."""


class Replies:
    """Draws the replies of intents; one that was just used waits until most others had their turn."""

    def __init__(self, domain: Domain, rng: Random) -> None:
        self._domain = domain
        self._rng = rng
        self._used: dict[tuple[str, str, str], deque[str]] = {}

    def draw(self, intent: str, language: str, case: str = "") -> Reply:
        """A reply of the intent; `case` names one of its other situations."""
        entry = self._domain.intents[intent]
        choice = entry.otherwise[language][case] if case else entry.replies[language]
        used = self._used.setdefault((intent, language, case), deque(maxlen=max(1, (len(choice) * 2) // 3)))
        fresh = [reply for reply in choice if reply.text not in used] or list(choice)
        reply = self._rng.choice(fresh)
        used.append(reply.text)
        return reply

    def has(self, intent: str, language: str, case: str) -> bool:
        return case in self._domain.intents[intent].otherwise[language]

    def answer(self, intent: str, language: str, case: str = "", /, **slots: str) -> Answer:
        """A drawn reply with its slots filled."""
        return self.filled(self.draw(intent, language, case), intent, language, **slots)

    def filled(self, reply: Reply, intent: str, language: str, /, **slots: str) -> Answer:
        """This reply with its slots filled."""
        text = " ".join(re.sub(r"\{(\w+)\}", lambda slot: slots[slot[1]], reply.text).split())
        return Answer(text[:1].upper() + text[1:], language, reply.emotion, intent)
