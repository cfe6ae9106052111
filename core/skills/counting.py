"""Counting, forwards and backwards."""

from __future__ import annotations

from core.domain.numbers import in_words
from core.domain.script import sound_key
from core.domain.talk import Answer, Request
from core.skills.desk import Desk

MOST, USUAL = 50, 10
_BACK = {sound_key(word) for word in ("backwards", "back", "down", "reverse", "వెనక్కి", "వెనక", "తలకిందులుగా")}


class Counting:
    """Counts aloud."""

    name = "counting"
    intents = ("count",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        numbers = [
            int(word.value)
            for word in request.words
            if word.kind == "number" and isinstance(word.value, float)
        ]
        first, last = (numbers[0], numbers[1]) if len(numbers) > 1 else (1, numbers[0] if numbers else USUAL)
        first, last = min(first, last), max(first, last)
        if last - first >= MOST:
            return desk.replies.answer("count", request.language, "large")
        row = list(range(first, last + 1))
        if any(word.key in _BACK for word in request.words):
            row.reverse()
        return desk.replies.answer(
            "count", request.language, numbers=", ".join(in_words(number, request.language) for number in row)
        )
