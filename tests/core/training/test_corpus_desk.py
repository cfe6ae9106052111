"""What is said at the desk: answers of the dialogue, and phrasings, none of those that are held out."""

from __future__ import annotations

import numpy as np
import pytest

from core.domain.book import Domain
from core.errors import PalukuError
from core.training.corpus.config import CorpusConfig, LanguageConfig
from core.training.corpus.desk import Answered, Asked, own_words
from core.training.corpus.text import sentences
from core.training.corpus.utterances import sayings


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load()


@pytest.mark.parametrize("language", ["te", "en"])
def test_held_out_phrasings_are_never_asked(domain: Domain, language: str) -> None:
    held = {p.text for p in domain.all_phrasings(language) if p.part != "train" and "{" not in p.text} - {
        p.text for p in domain.all_phrasings(language, "train")
    }
    asked, rng = Asked(domain, sentences(language)), np.random.default_rng(1)
    drawn = {asked.draw(rng) for _ in range(1500)}
    plain = {reply.text for i in domain.intents.values() for reply in i.replies[language]}
    assert len(drawn) > 800
    assert not (drawn & held) - plain


@pytest.mark.parametrize("language", ["te", "en"])
def test_answers_are_words(domain: Domain, language: str) -> None:
    answered, rng = Answered(domain, sentences(language)), np.random.default_rng(2)
    drawn = [answered.draw(rng) for _ in range(300)]
    assert not any(letter.isdigit() for text in drawn for letter in text)
    assert len(set(drawn)) > 200
    again, rng = Answered(domain, sentences(language)), np.random.default_rng(2)
    assert [again.draw(rng) for _ in range(300)] == drawn


def test_words_of_a_language() -> None:
    assert own_words(["{name} గారు, hello 12"], "te") == ["గారు"]
    assert own_words(["{name} గారు, hello 12"], "en") == ["hello", "name"]


def test_nobody_asks_in_hindi() -> None:
    with pytest.raises(PalukuError, match="hi"):
        sayings(CorpusConfig(sentences="asked"))
    found = sayings(CorpusConfig(sentences="answered", languages=LanguageConfig(te=1, en=1, hi=0)))
    assert set(found) == {"te", "en"}
