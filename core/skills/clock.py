"""Time, date and weekday."""

from __future__ import annotations

from datetime import timedelta

from core.domain.script import sound_key
from core.domain.talk import Answer, Request
from core.domain.times import WEEKDAYS, date_in_words, time_in_words
from core.skills.desk import Desk

_DAYS = {"yesterday": -1, "నిన్న": -1, "tomorrow": 1, "రేపు": 1, "ఎల్లుండి": 2, "మొన్న": -2}
_NAMES = {
    "te": {-2: "మొన్న", -1: "నిన్న", 0: "ఈ రోజు", 1: "రేపు", 2: "ఎల్లుండి"},
    "en": {
        -2: "the day before yesterday",
        -1: "yesterday",
        0: "today",
        1: "tomorrow",
        2: "the day after tomorrow",
    },
}
_WITH_YEAR = {sound_key(word) for word in ("year", "సంవత్సరం", "ఏడాది", "సంవత్సరము")}


class Clock:
    """Says the time, the date and the day of the week."""

    name = "clock"
    intents = ("time", "date", "weekday")

    def answer(self, request: Request, desk: Desk) -> Answer:
        now = desk.clock()
        language = request.language
        if request.intent == "time":
            return desk.replies.answer("time", language, time=time_in_words(now.hour, now.minute, language))
        offset = _offset(request)
        day = (now + timedelta(days=offset)).date()
        year = any(word.key in _WITH_YEAR for word in request.words)
        slots = {
            "day": _NAMES[language][offset],
            "date": date_in_words(day, language, year=year),
            "weekday": WEEKDAYS[language][day.weekday()],
        }
        return desk.replies.answer(request.intent, language, **slots)


def _offset(request: Request) -> int:
    text = " ".join(word.surface for word in request.words)
    if "day after tomorrow" in text:
        return 2
    if "day before yesterday" in text:
        return -2
    keys = {sound_key(word): offset for word, offset in _DAYS.items()}
    return next((keys[word.key] for word in request.words if word.key in keys), 0)
