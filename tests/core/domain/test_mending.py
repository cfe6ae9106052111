"""Misheard words are found again; strange ones and those that are free to be anything stay."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.measure import intent_of
from core.domain.mending import distance
from core.domain.mishearing import misheard
from tests.core.skills.desks import HandClock, make_talk, understander


@pytest.mark.parametrize(
    ("heard", "language", "mended"),
    [
        ("set a tmer for ten minuts", "en", "set a timer for ten minute"),
        ("what is twnty plus three", "en", "what is twenty plus three"),
        ("what time is it", "en", "what time is it"),
        ("పది నిమషాల టైమర్", "te", "పది నిమిషాల టైమర్"),
        ("12 + 7", "en", "12 + 7"),
        ("", "en", ""),
    ],
)
def test_words_of_the_domain_are_found_again(heard: str, language: str, mended: str) -> None:
    assert understander().menders[language].mend(heard) == mended


def test_short_words_and_far_ones_stay() -> None:
    for text in ("zq", "zxqvwk", "photosynthesis"):
        assert understander().menders["en"].mend(text) == text


def test_names_and_words_are_taken_as_they_were_heard() -> None:
    found = understander().understand("my name is prita", "en")
    assert (found.intent, found.slots["name"]) == ("tell_name", "prita")


def test_misheard_numbers_are_counted_with() -> None:
    dialogue, registry = make_talk(HandClock())
    dialogue.answer("set a timer for twnty minuts", "en")
    assert registry.desk.rings.waiting("timer")[0].seconds == 1200
    assert "twenty five" in dialogue.answer("what is twnty plus five", "en").text.lower()


@given(st.text(st.characters(codec="ascii", categories=["Ll"]), max_size=8), st.integers(0, 7), st.booleans())
def test_distance_counts_slips(word: str, at: int, added: bool) -> None:
    slipped = word[:at] + ("z" if added else "") + word[at + (not added) :]
    assert distance(word, word) == 0
    assert distance(word, slipped) == distance(slipped, word) == (slipped != word)


def test_slips_come_at_their_rate_in_the_script_of_the_text() -> None:
    text = "నాకు ఒక కథ చెప్పు " * 200
    heard = misheard(text, 0.1, Random(1))
    assert heard == misheard(text, 0.1, Random(1)) != misheard(text, 0.1, Random(2))
    assert misheard(text, 0.0, Random(1)) == text
    spaces_changed = misheard(" " * 200, 0.5, Random(1))
    assert not set(misheard(text.replace(" ", ""), 0.3, Random(1))) & set("abcdefghijklmnopqrstuvwxyz")
    assert set(spaces_changed) <= set("abcdefghijklmnopqrstuvwxyz ")
    assert 0.08 < distance(text[:600], misheard(text[:600], 0.1, Random(3))) / 600 < 0.13


def test_an_intent_for_measures_of_hearing() -> None:
    assert intent_of("టైం ఎంత") == "time"
    assert intent_of("what time is it", "en") == "time"
    assert intent_of("") == "unknown"
