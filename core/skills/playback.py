"""Stop and go on."""

from __future__ import annotations

from core.domain.talk import Answer, Request, Wish
from core.skills.desk import Desk
from core.skills.volume import wishing


class Playback:
    """Stops the reply, or goes on with it."""

    name = "playback"
    intents = ("stop", "play")

    def answer(self, request: Request, desk: Desk) -> Answer:
        answer = desk.replies.answer(request.intent, request.language)
        return wishing(answer, Wish("stop" if request.intent == "stop" else "play"))
