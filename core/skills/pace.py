"""Slower and faster."""

from __future__ import annotations

from core.domain.talk import Answer, Request, Wish
from core.skills.desk import Desk
from core.skills.stepping import stepped
from core.skills.volume import wishing

STEP, LEAST, MOST = 0.15, 0.6, 1.6


class Pace:
    """Changes how fast Paluku speaks."""

    name = "pace"
    intents = ("slower", "faster")

    def answer(self, request: Request, desk: Desk) -> Answer:
        step = STEP if request.intent == "faster" else -STEP
        pace = stepped(desk.voice.pace, step, LEAST, MOST)
        if pace is None:
            return desk.replies.answer(request.intent, request.language, "limit")
        desk.voice.pace = pace
        return wishing(desk.replies.answer(request.intent, request.language), Wish("pace", pace))
