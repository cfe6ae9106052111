"""A coin and a dice."""

from __future__ import annotations

from core.domain.numbers import in_words
from core.domain.talk import Answer, Request
from core.skills.desk import Desk

_SIDES = {"te": ("బొమ్మ", "బొరుసు"), "en": ("heads", "tails")}


class Chance:
    """Tosses a coin and rolls a dice."""

    name = "chance"
    intents = ("coin", "dice")

    def answer(self, request: Request, desk: Desk) -> Answer:
        if request.intent == "coin":
            return desk.replies.answer(
                "coin", request.language, side=desk.random.choice(_SIDES[request.language])
            )
        result = in_words(desk.random.randint(1, 6), request.language)
        return desk.replies.answer("dice", request.language, result=result)
