"""The measures of a speech model: errors in texts, voices told apart, turns and conditions that repeat."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.domain.book import Domain
from core.training.corpus.espeak import Espeak
from core.training.corpus.splits import split_of
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.errors import TextErrors, distance
from core.workbench.quality.talk.replies import lines
from core.workbench.quality.talk.turns import CONDITIONS, in_noise, outside_turns, spoiled, spoken_turns
from core.workbench.quality.talk.voices import Discriminant

needs_espeak = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the turns")


@pytest.mark.parametrize(
    ("true", "found", "far"),
    [
        ("", "", 0),
        ("abc", "", 3),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
        ("abc", "abc", 0),
        ("ab", "ba", 2),
    ],
)
def test_distance(true: str, found: str, far: int) -> None:
    assert distance(true, found) == distance(found, true) == far


def test_errors_are_shares_of_what_was_said() -> None:
    errors = TextErrors()
    errors.count("What is it?", "what it")
    errors.count("పలుకు", "పలుక")
    assert errors.figures() == {"letter_error": round(4 / 15, 4), "word_error": 0.5}


def test_classes_are_told_apart_and_chance_stays_chance() -> None:
    rng = np.random.default_rng(1)
    names = ("a", "b", "c")
    labels = [names[number % 3] for number in range(240)]
    noise = rng.standard_normal((240, 12))
    planted = noise + np.array([names.index(label) for label in labels])[:, None] * np.eye(12)[4] * 6
    for features, least, most in ((planted, 0.95, 1.0), (noise, 0.15, 0.55)):
        told = Discriminant(features[:120], labels[:120], names)
        right = [told.name(row) == label for row, label in zip(features[120:], labels[120:], strict=True)]
        assert least <= sum(right) / len(right) <= most


@needs_espeak
@pytest.mark.parametrize("language", ["te", "en"])
def test_turns_are_held_out_and_repeat(language: str) -> None:
    domain = Domain.load()
    turns = list(spoken_turns(domain, language, 6))
    again = list(spoken_turns(domain, language, 6))
    held = {p.intent for p in domain.all_phrasings(language, "test")}
    assert [turn.text for turn in turns] == [turn.text for turn in again]
    assert {turn.intent for turn in turns} <= held
    assert all(split_of(turn.voice) == "test" for turn in turns)
    assert len({turn.voice for turn in turns}) == 6
    assert all(turn.intent == "unknown" for turn in outside_turns(language, 3))


@needs_espeak
def test_conditions_repeat_and_noise_is_ten_decibels_below() -> None:
    turn = next(iter(spoken_turns(Domain.load(), "en", 1)))
    for spoil in CONDITIONS.values():
        assert np.array_equal(spoiled(turn, spoil, 3).pcm, spoiled(turn, spoil, 3).pcm)
    noise = in_noise(turn.pcm, np.random.default_rng(0)) - turn.pcm
    assert 20 * np.log10(turn.pcm.std() / noise.std()) == pytest.approx(10, abs=0.3)


def test_lines_go_through_all_voices() -> None:
    said = list(lines("te", 36))
    assert len({(line.speaker, line.emotion) for line in said}) == 36
    assert all(line.text for line in said)


def test_a_pair_hears_words_that_come_late(tiny_models: object) -> None:
    from core.cards import Registry
    from core.loading import load_codec
    from tests import tiny

    class Late:
        def __init__(self) -> None:
            self.frames = 0

        def push(self, codes: np.ndarray) -> str:
            self.frames += codes.shape[1]
            return ""

        def last_words(self) -> Iterator[str]:
            yield f" heard {self.frames > 40}"

    class Model:
        def listen(self) -> Late:
            return Late()

    codec = load_codec(Registry(tiny_models, tiny_models).find(tiny.CODEC))  # type: ignore[arg-type]
    words, _ = Pair(codec, Model()).hear(np.zeros(tiny.RATE, np.float32))  # type: ignore[arg-type]
    assert words == "heard True"
