"""The user's name, told and asked for."""

from __future__ import annotations

from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Names:
    """Remembers the user's name for this talk."""

    name = "names"
    intents = ("tell_name", "ask_my_name")

    def answer(self, request: Request, desk: Desk) -> Answer:
        if request.intent == "tell_name":
            said = str(request.slots.get("name", ""))
            if not said and isinstance(speaker := request.slots.get("speaker"), str):
                said = desk.domain.lists[request.language].named["speaker"][speaker][
                    0
                ]  # a user may be called Ravi
            if said:
                desk.memory.name = said[:1].upper() + said[1:]
        known = desk.memory.name if request.intent == "ask_my_name" else desk.memory.name if said else ""
        return desk.replies.answer(request.intent, request.language, "" if known else "missing", name=known)
