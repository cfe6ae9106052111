"""The time of day as it is said: half past six, రేపు ఉదయం ఆరింటికి."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from core.domain.numbers import read_number
from core.domain.script import is_telugu, sound_key
from core.domain.times import HOUR, MINUTE, TE_AT_HOUR, bare, unit_of_time

# Part of the day -> the first and last hour it may mean.
_PARTS = {
    "te": {"ఉదయం": (0, 11), "ఉదయాన్నే": (0, 11), "పొద్దున": (0, 11), "పొద్దున్న": (0, 11), "పొద్దున్నే": (0,
           11), "తెల్లవారుజామున": (0, 11),
           "తెల్లవారి": (0, 11), "తెల్లారి": (0, 11), "మధ్యాహ్నం": (11, 16), "మద్యాహ్నం": (11, 16), "సాయంత్రం": (15,
           20), "రాత్రి": (18, 28), "అర్ధరాత్రి": (23, 28)},
    "en": {"am": (0, 11), "pm": (12, 23), "morning": (0, 11), "afternoon": (12, 17), "evening": (16,
           22), "night": (18, 28), "tonight": (18, 28)},
}  # fmt: skip
_DAYS = {
    "te": {"ఈరోజు": 0, "ఇవాళ": 0, "ఇవ్వాళ": 0, "నేడు": 0, "రేపు": 1, "రేప్పొద్దున": 1, "రేప్పొద్దున్న": 1,
           "ఎల్లుండి": 2, "tomorrow": 1, "today": 0},
    "en": {"today": 0, "tomorrow": 1},
}  # fmt: skip
_CASE_ENDINGS = ("లోంచి", "నుంచి", "నుండి", "వరకు", "వరకూ", "దాకా", "కల్లా", "లలో", "లో", "కి", "కు", "కే", "ని",
"ను", "తో", "ల",
                 "nunchi", "nundi", "varaku", "ki", "ku", "ke", "lo", "ni", "nu", "tho", "to")  # fmt: skip


def split_cases(words: Sequence[str]) -> list[str]:
    """Telugu case endings cut off numbers: ఆరున్నరకి -> ఆరున్నర, +కి. Other words stay whole."""
    out: list[str] = []
    for word in words:
        ending = next((e for e in _CASE_ENDINGS if word.endswith(e) and len(word) > len(e)), None)
        stem = word[: -len(ending)] if ending else word
        if (
            ending
            and (is_telugu(word) or len(stem) > 3)
            and not read_number([word], "te")
            and read_number([stem], "te")
        ):
            out += [stem, "+" + ending]
        else:
            out.append(word)
    return out


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """A time of day as it was said; `sure` says that morning and evening were told apart."""

    hour: int
    minute: int
    sure: bool
    days: int = 0

    def after(self, now: datetime) -> datetime:
        """The next moment it can mean."""
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=self.days)
        hours = [self.hour] if self.sure or self.hour > 12 else [self.hour % 12, self.hour % 12 + 12]
        if self.days:
            return day + timedelta(hours=self.hour, minutes=self.minute)
        moments = [day + timedelta(days=d, hours=h, minutes=self.minute) for d in (0, 1) for h in hours]
        return min(moment for moment in moments if moment > now)


@cache
def _parts(language: str) -> dict[str, tuple[int, int]]:
    return {sound_key(word): hours for word, hours in {**_PARTS["en"], **_PARTS[language]}.items()}


@cache
def _days(language: str) -> dict[str, int]:
    return {sound_key(word): days for word, days in {**_DAYS["en"], **_DAYS[language]}.items()}


class _Reader:
    """One reading of a time, word by word."""

    def __init__(self, words: Sequence[str], language: str, start: int) -> None:
        self.words, self.language, self.at, self.start = words, language, start, start
        self.days = 0
        self.part: tuple[int, int] | None = None
        self.definite = False

    def word(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.words[at] if at < len(self.words) else ""

    def number(self, low: int, high: int) -> float | None:
        found = read_number(self.words, self.language, self.at)
        if found is None or not low <= found[0] <= high:
            return None
        self.at = found[1]
        return float(found[0])

    def around(self) -> None:
        """Day words and parts of the day, before or after the clock words."""
        while word := self.word():
            key = sound_key(word)
            day = _days(self.language).get(key)
            part = _parts(self.language).get(key) or _parts(self.language).get(bare(word))
            if word in ("a", "p") and self.word(1) == "m":
                part, self.at = _PARTS["en"][word + "m"], self.at + 1
            elif (word in ("in", "at") and self.word(1) in ("morning", "night")) or (
                word in ("at", "by", "for") and self.at > self.start and (self.days or self.part)
            ):
                self.at += 1
                continue
            elif word == "in" and self.word(1) == "the" and self.word(2) in _PARTS["en"]:
                self.at += 2
                continue
            if day is not None:
                self.days = day
                if key.startswith("repod"):
                    self.part = (0, 11)
            elif part is not None:
                self.part = part
            elif not (word.startswith("+") and self.at > self.start and self.words[self.at - 1] != word):
                return
            self.at += 1


def read_time(
    words: Sequence[str], language: str, start: int = 0, *, loose: bool = False
) -> tuple[SpokenTime, int] | None:
    """The time of day that begins at `start`, and where it ends. `loose` takes a bare hour for one."""
    reader = _Reader(words, language, start)
    reader.around()
    clock = _telugu_clock(reader) if language == "te" else None
    clock = clock or _english_clock(reader)
    if clock is None:
        return None
    hour, minute = clock
    if reader.word().startswith("+") and reader.word()[1:] in ("కి", "కు", "కే", "ki", "ku", "ke", "కల్లా"):
        reader.definite = True
    reader.around()
    before = words[start - 1] if start else ""
    if not (reader.definite or reader.part or loose or before == "at"):
        return None
    return SpokenTime(*_placed(hour, minute, reader.part), reader.days), reader.at


def _placed(hour: int, minute: int, part: tuple[int, int] | None) -> tuple[int, int, bool]:
    if part is None:
        return hour % 24, minute, hour > 12
    low, high = part
    fitting = [h for h in (hour, hour % 12, hour % 12 + 12, hour % 12 + 24) if low <= h <= high]
    return (fitting[0] if fitting else hour) % 24, minute, True


def _telugu_clock(reader: _Reader) -> tuple[int, int] | None:
    begin = reader.at
    key = sound_key(reader.word())
    quarter_less = key.startswith("pavutak") or (key == "pav" and sound_key(reader.word(1)).startswith("tak"))
    if quarter_less:
        reader.at += 1 if key.startswith("pavutak") else 2
        key = sound_key(reader.word())
    hour = next((h for h, word in enumerate(TE_AT_HOUR, 1) if key.startswith(sound_key(word))), None)
    minute = 0
    if hour is not None:
        reader.at += 1
        minute = 30 if "anara" in key else 0
        reader.definite = True
    else:
        said = reader.number(1, 24)
        if said is None:
            reader.at = begin
            return None
        hour, minute = int(said), round((said - int(said)) * 60)
        if minute not in (0, 15, 30):  # 7.30 is written so, and means minutes
            minute = round((said - int(said)) * 100)
        reader.definite |= minute in (15, 30)
    if unit_of_time(reader.word()) == HOUR and not minute:
        unit = sound_key(reader.word())
        reader.at += 1
        reader.definite |= unit.startswith(("gantalak", "gantaki"))
    if not minute:
        minute = _minutes(reader)
    if quarter_less:
        hour, minute = (hour - 2) % 12 + 1, 45
        reader.definite = True
    return hour, minute


def _minutes(reader: _Reader) -> int:
    back = reader.at
    if reader.word() == "oh":
        reader.at += 1
    minutes = reader.number(1, 59)
    if minutes is None or minutes != int(minutes):
        reader.at = back
        return 0
    if unit_of_time(reader.word()) == MINUTE:
        if sound_key(reader.word()).startswith("nimisalak"):
            reader.definite = True
        reader.at += 1
    elif minutes < 10 and reader.words[back] != "oh":
        reader.at = back
        return 0
    else:
        reader.definite = True
    return int(minutes)


def _english_clock(reader: _Reader) -> tuple[int, int] | None:
    begin = reader.at
    for name, hour in (("noon", 12), ("midnight", 0)):
        if reader.word() == name or (reader.word() in ("twelve", "12") and reader.word(1) == name):
            reader.at += 1 if reader.word() == name else 2
            reader.part = (hour, hour)
            return hour, 0
    if reader.word() == "a" and reader.word(1) == "quarter":
        reader.at += 1
    fraction = {"half": 30.0, "quarter": 15.0}.get(reader.word())
    if fraction is not None:
        reader.at += 1
    else:
        fraction = reader.number(1, 59)
        if unit_of_time(reader.word()) == MINUTE:
            reader.at += 1
    if fraction is not None and reader.word() in ("past", "to"):
        before = reader.word() == "to"
        reader.at += 1
        hour_said = reader.number(1, 12)
        if hour_said is not None:
            reader.definite = True
            return (
                (int(hour_said - 2) % 12 + 1, 60 - int(fraction))
                if before
                else (int(hour_said), int(fraction))
            )
    reader.at = begin
    said = reader.number(0, 24)
    if said is None or (said != int(said) and not reader.words[begin][0].isdigit()):
        reader.at = begin
        return None
    if said != int(said):
        reader.definite = True
        return int(said), round((said - int(said)) * 100)
    if reader.word() in ("o'clock", "oclock") or (reader.word() == "o" and reader.word(1) == "clock"):
        reader.at += 2 if reader.word() == "o" else 1
        reader.definite = True
        return int(said), 0
    return int(said), _minutes(reader)
