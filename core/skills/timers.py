"""Timers, alarms and reminders: set, asked for, called off, and what is said when they ring."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.domain.clock_words import SpokenTime, read_time
from core.domain.talk import Answer, Request
from core.domain.times import date_in_words, duration_in_words, time_in_words
from core.skills.desk import Desk
from core.skills.rings import Ring


class Timers:
    """Sets and watches timers, alarms and reminders."""

    name = "timers"
    intents = (
        "timer_set", "timer_left", "timer_cancel", "alarm_set", "alarm_cancel", "alarm_list",
        "reminder_set", "reminder_list",
    )  # fmt: skip

    def answer(self, request: Request, desk: Desk) -> Answer:
        kind, _, action = request.intent.partition("_")
        if action == "cancel":
            case = "" if desk.rings.cancel(kind) else "none"
            return desk.replies.answer(request.intent, request.language, case)
        if action in ("left", "list"):
            return _listed(kind, request, desk)
        return {"timer": _timer, "alarm": _alarm, "reminder": _reminder}[kind](request, desk)


def _timer(request: Request, desk: Desk) -> Answer:
    seconds = request.slots.get("duration")
    if (
        seconds is None
        and isinstance(number := request.slots.get("number"), float)
        and desk.memory.awaited is None
    ):
        seconds = int(number * 60)  # "a timer for ten": minutes are meant
    if not isinstance(seconds, int) or seconds <= 0:
        return _ask(request, desk)
    ring = Ring("timer", desk.clock() + timedelta(seconds=seconds), seconds, "", request.language)
    desk.rings.add(ring)
    words = duration_in_words(seconds, request.language, before=True)
    return desk.replies.answer("timer_set", request.language, duration=words)


def _alarm(request: Request, desk: Desk) -> Answer:
    moment = _moment(request, desk)
    if moment is None:
        return _ask(request, desk)
    desk.rings.add(Ring("alarm", moment, 0, "", request.language))
    return desk.replies.answer(
        "alarm_set", request.language, time_of_day=when(moment, desk.clock(), request.language)
    )


def _reminder(request: Request, desk: Desk) -> Answer:
    moment = _moment(request, desk)
    thing = str(request.slots.get("thing", ""))
    if moment is None or not thing:
        return _ask(request, desk)
    desk.rings.add(Ring("reminder", moment, 0, thing, request.language))
    seconds = request.slots.get("duration")
    if isinstance(seconds, int):
        words = duration_in_words(seconds, request.language, before=True)
        said = f"{words} తర్వాత" if request.language == "te" else f"in {words}"
    else:
        said = when(moment, desk.clock(), request.language)
        said = said if request.language == "te" else f"at {said}"
    return desk.replies.answer("reminder_set", request.language, when=said, thing=thing)


def _moment(request: Request, desk: Desk) -> datetime | None:
    time = request.slots.get("time_of_day")
    if isinstance(time, SpokenTime):
        return time.after(desk.clock())
    seconds = request.slots.get("duration")
    if isinstance(seconds, int):
        return desk.clock() + timedelta(seconds=seconds)
    # a bare hour, as in "six" after "for what time?"
    surfaces = [part for word in request.words for part in word.surface.split()]
    for at in range(len(surfaces)):
        if found := read_time(surfaces, request.heard or request.language, at, loose=True):
            return found[0].after(desk.clock())
    return None


def _ask(request: Request, desk: Desk) -> Answer:
    desk.memory.awaited = request
    return desk.replies.answer(request.intent, request.language, "missing")


def when(moment: datetime, now: datetime, language: str) -> str:
    """A moment as people say it today: with the day where it is not today."""
    time = time_in_words(moment.hour, moment.minute, language, at=True)
    days = (moment.date() - now.date()).days
    if days == 0:
        return time
    if days == 1:
        return f"రేపు {time}" if language == "te" else f"{time} tomorrow"
    day = date_in_words(moment.date(), language)
    return f"{day} {time}" if language == "te" else f"{time} on {day}"


def _listed(kind: str, request: Request, desk: Desk) -> Answer:
    waiting = desk.rings.waiting(kind)
    now, language = desk.clock(), request.language
    if not waiting:
        return desk.replies.answer(request.intent, language, "none")
    if kind == "timer":
        left = max(1, round((waiting[0].at - now).total_seconds()))
        if left > 120:  # nobody wants to hear the seconds of a long wait
            left = round(left / 60) * 60
        return desk.replies.answer(request.intent, language, duration=duration_in_words(left, language))
    said = [(f"{ring.thing} " if ring.thing else "") + when(ring.at, now, language) for ring in waiting[:5]]
    return desk.replies.answer(request.intent, language, list=", ".join(said))


def ring_answer(ring: Ring, desk: Desk) -> Answer:
    """What is said when a ring comes due."""
    slots = {
        "duration": duration_in_words(ring.seconds, ring.language),
        "time": time_in_words(ring.at.hour, ring.at.minute, ring.language),
        "thing": ring.thing,
    }
    if ring.kind == "timer":
        slots["duration"] = duration_in_words(ring.seconds, ring.language, before=True)
    return desk.replies.answer(f"{ring.kind}_set", ring.language, "ring", **slots)
