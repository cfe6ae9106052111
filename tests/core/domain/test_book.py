"""The files of the domain are whole, and say clearly what is wrong where they are not."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from core.domain import book
from core.domain.book import LANGUAGES, UNKNOWN, Domain, DomainError
from core.domain.phrase_grammar import choices, expand, slots_in


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load()


def test_enough_of_everything(domain: Domain) -> None:
    assert len(domain.intents) >= 60
    for intent in domain.intents.values():
        for language in LANGUAGES:
            assert len(intent.phrasings[language]) >= 12, (intent.id, language)
            assert len(intent.replies[language]) >= (8 if intent.id == UNKNOWN else 4), (intent.id, language)


def test_people_mix_languages(domain: Domain) -> None:
    mixed = [
        p for p in domain.all_phrasings("te") if any("a" <= letter <= "z" for letter in p.text.split("{")[0])
    ]
    assert len(mixed) >= 90


def test_a_phrasing_means_one_intent(domain: Domain) -> None:
    for language in LANGUAGES:
        meant: dict[str, str] = {}
        for phrasing in domain.all_phrasings(language):
            for reading in choices(phrasing.text):
                assert meant.setdefault(reading, phrasing.intent) == phrasing.intent, reading


def test_the_split_is_fixed_and_leaves_enough_to_measure(domain: Domain) -> None:
    counts = Counter((p.language, p.intent, p.part) for p in domain.all_phrasings())
    for intent in domain.intents:
        for language in LANGUAGES:
            assert counts[language, intent, "test"] >= 2
            assert counts[language, intent, "train"] >= 6
    parts = {p.text: p.part for p in domain.intents["joke"].phrasings["en"]}
    assert [text for text, part in parts.items() if part == "test"] == [
        text for text, part in {p.text: p.part for p in Domain.load().intents["joke"].phrasings["en"]}.items()
        if part == "test"
    ]  # fmt: skip


def test_both_languages_answer_the_same_cases(domain: Domain) -> None:
    for intent in domain.intents.values():
        assert set(intent.otherwise["te"]) == set(intent.otherwise["en"]), intent.id
        for case in intent.otherwise["te"]:
            slots = {
                s
                for language in LANGUAGES
                for r in intent.otherwise[language][case]
                for s in slots_in(r.text)
            }
            for language in LANGUAGES:
                known = {s for r in intent.otherwise[language][case] for s in slots_in(r.text)}
                assert known <= slots


def test_every_phrasing_can_be_said(domain: Domain) -> None:
    rng = Random(2)
    for language in LANGUAGES:
        for intent in domain.intents:
            for said in domain.phrasings(intent, rng, language):
                assert said.text
                assert not set(said.text) & set("{}[]()|")


def test_riddles_have_answers(domain: Domain) -> None:
    for language in LANGUAGES:
        assert all(reply.answer for reply in domain.intents["riddle"].replies[language])


def test_the_grammar_of_phrasings() -> None:
    assert choices("[please] (sing|hum) now") == ["please sing now", "please hum now", "sing now", "hum now"]
    text, slots = expand("set {thing}", Random(0), lambda slot, after, rng, filled: "seven")
    assert (text, slots) == ("set seven", {"thing": "seven"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[greet]\n", "[greet]\ncolour = 1\n", "colour"),
        ('"hello", "hi",', '"hello {moon}", "hi",', "moon"),
        ('"hello", "hi",', '"hello (a|b", "hi",', "brackets"),
        ('"Hello, how can I help?"', '"Hello {moon}"', "moon"),
        ('"Hello, how can I help?"', '"Call 112"', "spoken"),
        ('"Hello, how can I help?"', '{ text = "Hello", emotion = "green" }', "green"),
        ("[greet]\n", "[greetings]\n", "greet"),
        ("[greet]\n", "[greet\n", "social.toml"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    source = Path(book.__file__).parent
    for language in LANGUAGES:
        shutil.copytree(source / language, tmp_path / language)
    path = tmp_path / "en" / "social.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DomainError) as error:
        Domain.load(tmp_path)
    assert said in str(error.value)
