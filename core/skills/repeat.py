"""Says the last reply again."""

from __future__ import annotations

from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Repeat:
    """Repeats what was said last, in the words and the language of then."""

    name = "repeat"
    intents = ("repeat",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        last = desk.memory.last
        if last is None:
            return desk.replies.answer("repeat", request.language, "none")
        answer = desk.replies.answer("repeat", last.language, reply=last.text)
        return Answer(answer.text, last.language, last.emotion, "repeat")
