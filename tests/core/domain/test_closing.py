"""Whether a turn is whole is told from its words, on wording that teaching never saw."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from core.domain.book import LANGUAGES, Domain
from core.domain.closing import TAUGHT, Closing, ClosingError, load_closings
from core.domain.understand import fingerprint
from core.domain.wording import Speller


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load()


@pytest.fixture(scope="module")
def closings() -> dict[str, Closing]:
    return load_closings()


def test_what_ships_was_taught_from_these_files(domain: Domain) -> None:
    with np.load(TAUGHT) as file:
        taught = file["fingerprint"].tobytes().decode()
    assert taught == fingerprint(domain), "run python -m core.domain.closing_lessons"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_turns_and_halves_of_them(
    domain: Domain, closings: dict[str, Closing], language: str, record_property: pytest.RecordProperty
) -> None:
    """Of the test phrasings; measured: an end scores higher than a middle in te 97.5, en 97.6 % of pairs."""
    speller, rng = Speller(language, domain.lists), Random(1)
    turns = [
        speller.words(domain.say(phrasing, rng).text) for phrasing in domain.all_phrasings(language, "test")
    ]
    turns = [words for words in turns if len(words) > 2]
    whole = np.array([closings[language].done(words) for words in turns])
    half = np.array([closings[language].done(words[: len(words) // 2]) for words in turns])
    told_apart = float(np.mean(whole[:, None] > half))
    print(language, len(turns), told_apart)
    record_property("told apart", told_apart)
    assert told_apart >= 0.96
    assert np.mean(half < 0) >= 0.9


@pytest.mark.parametrize(
    ("language", "unfinished", "whole"),
    [
        ("en", "set a timer for", "set a timer for ten minutes"),
        ("en", "what is twelve plus", "what is twelve plus five"),
        ("te", "పది నిమిషాల తర్వాత నాకు", "పది నిమిషాల తర్వాత నాకు గుర్తు చెయ్యి"),
        ("te", "ఈ రోజు వాతావరణం", "ఈ రోజు వాతావరణం ఎలా ఉంది"),
    ],
)
def test_sentences(
    domain: Domain, closings: dict[str, Closing], language: str, unfinished: str, whole: str
) -> None:
    speller = Speller(language, domain.lists)
    assert closings[language].done(speller.words(unfinished)) < -0.25
    assert closings[language].done(speller.words(whole)) > 0
    assert closings[language].done([]) == 0


def test_a_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClosingError, match=r"none\.npz"):
        load_closings(tmp_path / "none.npz")
