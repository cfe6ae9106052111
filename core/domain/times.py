"""Times of day, durations and dates in words, both ways, in Telugu and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from core.domain.numbers import in_words, ordinal, read_number, read_ordinal
from core.domain.script import row, sound_key

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
_UNITS: dict[str, dict[int, tuple[str, ...]]] = {
    "te": {1: ("సెకను", "సెకన్లు", "సెకన్ల"), MINUTE: ("నిమిషం", "నిమిషాలు", "నిమిషాల"), HOUR: ("గంట", "గంటలు", "గంటల"),
           DAY: ("రోజు", "రోజులు", "రోజుల")},
    "en": {1: ("second", "seconds"), MINUTE: ("minute", "minutes"), HOUR: ("hour", "hours"),
           DAY: ("day", "days")},
}  # fmt: skip
# Beginnings (as sound keys) of the words for units, so that any case ending may follow.
_UNIT_STEMS = {
    "sekan": 1, "seken": 1, "second": 1, "secs": 1, "nimis": MINUTE, "nimus": MINUTE,
    "minit": MINUTE, "minute": MINUTE, "mins": MINUTE,
    "ganta": HOUR, "gantal": HOUR, "hour": HOUR, "avars": HOUR, "roj": DAY, "days": DAY, "day": DAY,
    "varam": WEEK, "varal": WEEK, "week": WEEK,
}  # fmt: skip
_WHOLE = {
    "te": {"అరగంట": 30 * MINUTE, "పావుగంట": 15 * MINUTE, "ముప్పావుగంట": 45 * MINUTE,
           "గంటన్నర": 90 * MINUTE, "గంటంపావు": 75 * MINUTE},
    "en": {"half an hour": 30 * MINUTE, "half hour": 30 * MINUTE, "quarter of an hour": 15 * MINUTE,
           "half a minute": 30,
           "an hour and a half": 90 * MINUTE, "one and half hour": 90 * MINUTE},
}  # fmt: skip
MONTHS = {
    "te": row("జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్"),
    "en": row("January February March April May June July August September October November December"),
}
WEEKDAYS = {
    "te": row("సోమవారం మంగళవారం బుధవారం గురువారం శుక్రవారం శనివారం ఆదివారం"),
    "en": row("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
TE_AT_HOUR = row("ఒంటిగంట రెండింటి మూడింటి నాలుగింటి ఐదింటి ఆరింటి ఏడింటి ఎనిమిదింటి తొమ్మిదింటి పదింటి పదకొండింటి పన్నెండింటి")
_CASES = ("ki", "k", "ke", "lo", "kala", "daka", "varak")


def duration_in_words(seconds: int, language: str, *, before: bool = False) -> str:
    """The length of time as people say it; `before` gives the Telugu form before a noun or ending."""
    if language == "te" and seconds in (30 * MINUTE, 90 * MINUTE):
        return "అరగంట" if seconds == 30 * MINUTE else "గంటన్నర"
    if language == "en" and seconds in (30 * MINUTE, 90 * MINUTE):
        return "half an hour" if seconds == 30 * MINUTE else "one and a half hours"
    parts: list[str] = []
    for size in (DAY, HOUR, MINUTE, 1):
        count, seconds = divmod(seconds, size)
        if count or (size == 1 and not parts):
            names = _UNITS[language][size]
            last = before and seconds == 0
            if language == "te" and count == 1:
                parts.append("ఒక " + names[0])
            elif language == "te":
                parts.append(f"{in_words(count, 'te')} {names[2] if last else names[1]}")
            else:
                parts.append(f"{in_words(count, 'en')} {names[count != 1]}")
    return (" " if language == "te" else " and ").join(parts)


def time_in_words(hour: int, minute: int, language: str, *, at: bool = False) -> str:
    """The time as people say it; `at` gives the Telugu form 'at that time'."""
    return _te_time(hour, minute, at) if language == "te" else _en_time(hour, minute)


def _te_time(hour: int, minute: int, at: bool) -> str:
    parts = ((3, "రాత్రి"), (5, "తెల్లవారుజామున"), (12, "ఉదయం"), (16, "మధ్యాహ్నం"), (19, "సాయంత్రం"), (24, "రాత్రి"))
    part = next(name for until, name in parts if hour < until)
    said = (hour - 1) % 12 + 1
    name = "ఒంటిగంట" if said == 1 else in_words(said, "te")
    ki = "కి" if at else ""
    if minute == 0:
        return f"{part} {name}{ki}" if said == 1 else f"{part} {name} {'గంటలకి' if at else 'గంటలు'}"
    if minute == 30:
        return f"{part} {name}న్నర{ki}"
    if minute == 15 and said > 1:
        return f"{part} {name}ంపావు{ki}"
    if minute == 45:
        following = said % 12 + 1
        if at:
            return f"{part} పావుతక్కువ {TE_AT_HOUR[following - 1]}కి"
        return f"{part} పావుతక్కువ {'ఒంటిగంట' if following == 1 else in_words(following, 'te')}"
    whole = name if said == 1 else f"{name} గంటల"
    return f"{part} {whole} {duration_in_words(minute * MINUTE, 'te', before=at)}{ki}"


def _en_time(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 12):
        return "twelve noon" if hour else "midnight"
    part = next(
        name
        for until, name in (
            (12, "in the morning"),
            (17, "in the afternoon"),
            (21, "in the evening"),
            (24, "at night"),
        )
        if hour < until
    )
    name = in_words((hour - 1) % 12 + 1, "en")
    if minute == 0:
        return f"{name} o'clock {part}"
    oh = "oh " if minute < 10 else ""
    return f"{name} {oh}{in_words(minute, 'en')} {part}"


def date_in_words(day: date, language: str, *, year: bool = False) -> str:
    """The date as people say it."""
    month, place = MONTHS[language][day.month - 1], ordinal(day.day, language)
    if language == "te":
        return (in_words(day.year, "te") + " " if year else "") + f"{month} {place} తారీఖు"
    return f"{month} {place}" + (f", {_en_year(day.year)}" if year else "")


def _en_year(year: int) -> str:
    if 2010 <= year < 2100:
        return f"twenty {in_words(year % 100, 'en')}"
    return in_words(year, "en")


def read_date(words: Sequence[str], language: str, start: int = 0) -> tuple[tuple[int, int], int] | None:
    """Month and day that begin at `start` (November 21, the twenty first of November), and where they end."""
    at = start + (words[start : start + 1] == ["the"])
    if (month := _month(words, language, at)) is not None:
        day = read_ordinal(words, language, at + 1)
        if day is None and (number := read_number(words, language, at + 1)):
            day = (int(number[0]), number[1])
        return ((month, day[0]), day[1]) if day and 1 <= day[0] <= 31 else None
    day = read_ordinal(words, language, at)
    if day is None and (number := read_number(words, language, at)):
        day = (int(number[0]), number[1])
    if day is None:
        return None
    end = day[1] + (words[day[1] : day[1] + 1] == ["of"])
    month = _month(words, language, end)
    return ((month, day[0]), end + 1) if month and 1 <= day[0] <= 31 else None


@cache
def _months(language: str) -> dict[str, int]:
    return {sound_key(name.lower()): number for number, name in enumerate(MONTHS[language], 1)}


def _month(words: Sequence[str], language: str, at: int) -> int | None:
    if at >= len(words):
        return None
    return _months(language).get(sound_key(words[at])) or _months("en").get(sound_key(words[at]))


def read_duration(words: Sequence[str], language: str, start: int = 0) -> tuple[int, int] | None:
    """Seconds of the duration that begins at `start`, and where it ends."""
    seconds, at = Fraction(0), start
    while at < len(words):
        if seconds and words[at] == "and":
            at += 1
        found = _read_part(words, language, at)
        if found is None:
            break
        seconds += found[0]
        at = found[1]
    return (int(seconds), at) if seconds >= 1 else None


def _read_part(words: Sequence[str], language: str, at: int) -> tuple[Fraction, int] | None:
    for phrase, value in _WHOLE[language].items():
        length = len(phrase.split())
        if [bare(word) for word in words[at : at + length]] == [sound_key(word) for word in phrase.split()]:
            return Fraction(value), at + length
    number = read_number(words, language, at)
    count, end = number if number else (Fraction(1), at)
    if not number and words[at] in ("a", "an", "one"):
        end = at + 1
    elif not number and language == "en":
        return None
    if end >= len(words) or count <= 0:
        return None
    size = unit_of_time(words[end])
    if size is None:
        return None
    half = language == "en" and list(words[end + 1 : end + 4]) == ["and", "a", "half"]
    return (count + (Fraction(1, 2) if half else 0)) * size, end + (4 if half else 1)


def unit_of_time(word: str) -> int | None:
    """Seconds in the unit that a word (with any ending) names."""
    key = sound_key(word)
    if "anara" in key or "anpav" in key:  # half and quarter forms are whole durations
        return None
    return next(
        (
            size
            for stem, size in _UNIT_STEMS.items()
            if key == stem or (len(stem) > 3 and key.startswith(stem))
        ),
        None,
    ) or (DAY if key in ("roj", "rojul", "rojulo", "rojulki") else None)


def bare(word: str) -> str:
    """Sound key of a word without its Telugu case ending: ఆరున్నరకి -> the key of ఆరున్నర."""
    key = sound_key(word)
    for case in _CASES:
        if key.endswith(case) and len(key) > len(case) + 3:
            return key[: -len(case)].rstrip("u") if len(key) - len(case) > 4 else key[: -len(case)]
    return key
