"""Riddles: asked, guessed at, solved."""

from __future__ import annotations

from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Riddles:
    """Asks riddles and knows their answers."""

    name = "riddles"
    intents = ("riddle", "riddle_answer")

    def answer(self, request: Request, desk: Desk) -> Answer:
        memory, language = desk.memory, request.language
        if request.intent == "riddle":
            reply = desk.replies.draw("riddle", language)
            memory.riddle = reply.answer
            return desk.replies.filled(reply, "riddle", language)
        if "solved" in request.slots:
            solution, memory.riddle = memory.riddle, ""
            return desk.replies.answer("riddle", language, "right", answer=solution)
        if "guess" in request.slots:
            return desk.replies.answer("riddle", language, "wrong")
        if not memory.riddle:
            memory.offer = "riddle"
            return desk.replies.answer("riddle_answer", language, "none")
        solution, memory.riddle = memory.riddle, ""
        return desk.replies.answer("riddle_answer", language, answer=solution)
