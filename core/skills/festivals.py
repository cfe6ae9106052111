"""A word about the festival that was named."""

from __future__ import annotations

from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Festivals:
    """Knows a little about each festival."""

    name = "festivals"
    intents = ("festival",)

    def answer(self, request: Request, desk: Desk) -> Answer | None:
        festival = request.slots.get("festival")
        if isinstance(festival, str) and desk.replies.has("festival", request.language, festival):
            return desk.replies.answer("festival", request.language, festival)
        return None
