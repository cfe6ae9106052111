"""Louder and quieter."""

from __future__ import annotations

from core.domain.talk import Answer, Request, Wish
from core.skills.desk import Desk
from core.skills.stepping import stepped

STEP, LEAST, MOST = 0.15, 0.1, 1.0


class Volume:
    """Changes how loud Paluku speaks."""

    name = "volume"
    intents = ("louder", "quieter")

    def answer(self, request: Request, desk: Desk) -> Answer:
        step = STEP if request.intent == "louder" else -STEP
        volume = stepped(desk.voice.volume, step, LEAST, MOST)
        if volume is None:
            return desk.replies.answer(request.intent, request.language, "limit")
        desk.voice.volume = volume
        return wishing(desk.replies.answer(request.intent, request.language), Wish("volume", volume))


def wishing(answer: Answer, *wishes: Wish) -> Answer:
    """The answer with wishes to the engine."""
    return Answer(answer.text, answer.language, answer.emotion, answer.intent, wishes)
