"""Numbers in words, there and back."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from core.domain.numbers import NumberError, from_words, in_words, ordinal, read_number, read_ordinal
from core.domain.script import tokens

SPOKEN = [
    (0, "సున్నా", "zero"),
    (12, "పన్నెండు", "twelve"),
    (25, "ఇరవై ఐదు", "twenty five"),
    (100, "వంద", "one hundred"),
    (150, "నూట యాభై", "one hundred and fifty"),
    (250, "రెండు వందల యాభై", "two hundred and fifty"),
    (1000, "వెయ్యి", "one thousand"),
    (2026, "రెండు వేల ఇరవై ఆరు", "two thousand and twenty six"),
    (100_000, "లక్ష", "one lakh"),
    (250_000, "రెండు లక్షల యాభై వేలు", "two lakh fifty thousand"),
    (
        9_999_999,
        "తొంభై తొమ్మిది లక్షల తొంభై తొమ్మిది వేల తొమ్మిది వందల తొంభై తొమ్మిది",
        "ninety nine lakh ninety nine thousand nine hundred and ninety nine",
    ),
    (10_000_000, "కోటి", "one crore"),
]


@pytest.mark.parametrize(("number", "telugu", "english"), SPOKEN)
def test_numbers_are_said_as_people_say_them(number: int, telugu: str, english: str) -> None:
    assert in_words(number, "te") == telugu
    assert in_words(number, "en") == english


@pytest.mark.parametrize("language", ["te", "en"])
def test_words_and_back(language: str) -> None:
    rng = Random(4)
    sample = [*range(1200), *rng.sample(range(100_001), 1500), *rng.sample(range(10**9), 500)]
    assert [n for n in sample if from_words(in_words(n, language), language) != n] == []


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("రెండున్నర", "te", Fraction(5, 2)),
        ("లక్షన్నర", "te", Fraction(150_000)),
        ("ఇరవైఐదు", "te", Fraction(25)),
        ("పది పాయింట్ ఐదు", "te", Fraction(21, 2)),
        ("moodu vandala yaabhai", "te", Fraction(350)),
        ("twenty", "te", Fraction(20)),
        ("1,50,000", "te", Fraction(150_000)),
        ("two and a half", "en", Fraction(5, 2)),
        ("three point one four", "en", Fraction(314, 100)),
        ("minus seven", "en", Fraction(-7)),
        ("two million", "en", Fraction(2_000_000)),
        ("mango", "en", None),
        ("five minutes", "en", None),
    ],
)
def test_other_ways_to_say_a_number(text: str, language: str, number: Fraction | None) -> None:
    assert from_words(text, language) == number


@pytest.mark.parametrize("language", ["te", "en"])
def test_numbers_that_do_not_belong_together_stay_apart(language: str) -> None:
    words = tokens("రెండు మూడు" if language == "te" else "two three")
    assert read_number(words, language) == (2, 1)


@pytest.mark.parametrize("language", ["te", "en"])
def test_ordinals_of_a_month(language: str) -> None:
    for day in range(1, 32):
        words = tokens(ordinal(day, language))
        assert read_ordinal(words, language) == (day, len(words))


def test_a_number_without_end_is_refused() -> None:
    with pytest.raises(NumberError):
        in_words(10**15, "te")
