"""The letters of a word: aksharas in Telugu, letters in English."""

from __future__ import annotations

from core.domain.script import aksharas, is_telugu
from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Spelling:
    """Spells words."""

    name = "spelling"
    intents = ("spell",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        word = str(request.slots.get("word", ""))
        letters = spelled(word)
        if not letters:
            return desk.replies.answer("spell", request.language, "missing")
        return desk.replies.answer("spell", request.language, word=word, letters=", ".join(letters))


def spelled(word: str) -> list[str]:
    """The letters of a word, as they are said one by one."""
    if is_telugu(word):
        return aksharas(word)
    return [letter.upper() for letter in word if letter.isalpha()]
