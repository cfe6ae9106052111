"""Spoken sums."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.domain.wording import Speller
from core.skills.arithmetic import SumError, evaluate
from tests.core.skills.desks import domain

SUMS = [
    ("two plus three", "en", 5),
    ("what is twenty five times four", "en", 100),
    ("ten minus twelve", "en", -2),
    ("two plus three times four", "en", 14),
    ("ten divided by four", "en", Fraction(5, 2)),
    ("the sum of five and seven", "en", 12),
    ("the difference between nine and four", "en", 5),
    ("the product of six and seven", "en", 42),
    ("ten percent of two hundred and fifty", "en", 25),
    ("half of seven", "en", Fraction(7, 2)),
    ("double eight", "en", 16),
    ("nine squared", "en", 81),
    ("the square of twelve", "en", 144),
    ("two to the power ten", "en", 1024),
    ("three into ten", "en", 30),
    ("12 + 7", "en", 19),
    ("1,00,000 minus one", "en", 99_999),
    ("ఐదు ప్లస్ మూడు ఎంత", "te", 8),
    ("ఐదుకి మూడు కలిపితే ఎంత", "te", 8),
    ("పదిలోంచి మూడు తీసేస్తే ఎంత", "te", 7),
    ("ఆరుని ఏడుతో గుణిస్తే", "te", 42),
    ("ఇరవైని నాలుగుతో భాగిస్తే ఎంత", "te", 5),
    ("వందలో సగం ఎంత", "te", 50),
    ("రెండు వందల్లో పది శాతం ఎంత", "te", 20),
    ("ఆరు ఏడుల ఎంత", "te", 42),
    ("పది మైనస్ నాలుగు ఇంటూ రెండు", "te", 2),
    ("ten ప్లస్ ఐదు", "te", 15),
]


@pytest.mark.parametrize(("text", "language", "result"), SUMS)
def test_sums(text: str, language: str, result: int | Fraction) -> None:
    assert evaluate(Speller(language, domain().lists).split(text), language) == result


@pytest.mark.parametrize(
    ("text", "case"),
    [("ten divided by zero", "zero"), ("what is love", "missing"), ("two to the power ninety", "large")],
)
def test_sums_without_an_answer(text: str, case: str) -> None:
    with pytest.raises(SumError) as error:
        evaluate(text.split(), "en")
    assert error.value.case == case
