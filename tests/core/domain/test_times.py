"""Times, durations and dates in words, there and back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.domain.clock_words import SpokenTime, read_time, split_cases
from core.domain.script import tokens
from core.domain.times import date_in_words, duration_in_words, read_date, read_duration, time_in_words


def words(text: str, language: str) -> list[str]:
    return split_cases(tokens(text)) if language == "te" else tokens(text)


@pytest.mark.parametrize("language", ["te", "en"])
def test_every_minute_of_the_day_there_and_back(language: str) -> None:
    wrong = []
    for hour in range(24):
        for minute in range(60):
            said = words(time_in_words(hour, minute, language, at=True), language)
            if read_time(said, language) != (SpokenTime(hour, minute, True), len(said)):
                wrong.append((hour, minute))
    assert wrong == []


@pytest.mark.parametrize("language", ["te", "en"])
def test_durations_there_and_back(language: str) -> None:
    wrong = []
    for seconds in [*range(1, 200), *range(200, 90_000, 97)]:
        said = tokens(duration_in_words(seconds, language))
        if read_duration(said, language) != (seconds, len(said)):
            wrong.append(seconds)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "language", "hour", "minute", "sure", "days"),
    [
        ("ఆరింటికి", "te", 6, 0, False, 0),
        ("రేపు ఉదయం ఆరు గంటలకి", "te", 6, 0, True, 1),
        ("ఐదున్నరకి", "te", 5, 30, False, 0),
        ("పావుతక్కువ ఏడింటికి", "te", 6, 45, False, 0),
        ("సాయంత్రం ఏడు గంటలకు", "te", 19, 0, True, 0),
        ("రాత్రి పన్నెండింటికి", "te", 0, 0, True, 0),
        ("ఏడు ముప్పైకి", "te", 7, 30, False, 0),
        ("repu poddunna aarintiki", "te", 6, 0, True, 1),
        ("half past five", "en", 5, 30, False, 0),
        ("quarter to seven in the evening", "en", 18, 45, True, 0),
        ("tomorrow at seven am", "en", 7, 0, True, 1),
        ("seven oh five pm", "en", 19, 5, True, 0),
        ("midnight", "en", 0, 0, True, 0),
    ],
)
def test_spoken_times(text: str, language: str, hour: int, minute: int, sure: bool, days: int) -> None:
    found = read_time(words(text, language), language)
    assert found is not None
    assert found[0] == SpokenTime(hour, minute, sure, days)


@pytest.mark.parametrize(
    ("text", "language", "seconds"),
    [
        ("అరగంట", "te", 1800),
        ("గంటన్నర", "te", 5400),
        ("రెండున్నర గంటలు", "te", 9000),
        ("పది నిమిషాల", "te", 600),
        ("ఐదు minutes", "te", 300),
        ("half an hour", "en", 1800),
        ("an hour and a half", "en", 5400),
        ("two and a half hours", "en", 9000),
    ],
)
def test_spoken_durations(text: str, language: str, seconds: int) -> None:
    found = read_duration(tokens(text), language)
    assert found is not None
    assert found[0] == seconds


def test_an_unsure_time_is_the_next_one() -> None:
    assert SpokenTime(6, 0, False).after(datetime(2026, 11, 21, 9)) == datetime(2026, 11, 21, 18)
    assert SpokenTime(6, 0, True).after(datetime(2026, 11, 21, 9)) == datetime(2026, 11, 22, 6)
    assert SpokenTime(6, 0, False, days=1).after(datetime(2026, 11, 21, 9)) == datetime(2026, 11, 22, 6)


@pytest.mark.parametrize("language", ["te", "en"])
def test_dates_there_and_back(language: str) -> None:
    for month in range(1, 13):
        for day in (1, 2, 10, 18, 20, 28):
            said = tokens(date_in_words(date(2026, month, day), language))
            found = read_date(said, language)
            assert found is not None
            assert found[0] == (month, day)
