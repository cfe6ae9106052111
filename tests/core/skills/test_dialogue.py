"""Whole talks: what was said before counts."""

from __future__ import annotations

import re

import pytest

from core.domain.book import LANGUAGES
from core.domain.talk import Request, Wish
from tests.core.skills.desks import HandClock, domain, make_desk, make_talk, understander

SPOKEN = re.compile(r"[\u0c02\u0c03\u0c05-\u0c39\u0c3e-\u0c4da-zA-Z ,.?!']+")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_answered_in_letters_that_can_be_spoken(language: str) -> None:
    dialogue, registry = make_talk()
    for phrasing in domain().all_phrasings(language, "train"):
        said = domain().say(phrasing, registry.desk.random)
        answer = dialogue.answer(said.text, language)
        registry.desk.memory.language = ""
        assert SPOKEN.fullmatch(answer.text), (said.text, answer.text)
    assert registry.errors == []


def test_the_clock() -> None:
    dialogue, _ = make_talk(HandClock())
    assert "ఉదయం పదిన్నర" in dialogue.answer("టైం ఎంత").text
    assert "ten thirty in the morning" in dialogue.answer("what time is it").text
    assert "ఆదివారం" in dialogue.answer("రేపు ఏ వారం").text
    assert "November twenty first" in dialogue.answer("what is the date").text


def test_the_reply_keeps_to_the_language_of_the_turn_until_told_otherwise() -> None:
    dialogue, _ = make_talk()
    assert dialogue.answer("నమస్తే").language == "te"
    assert dialogue.answer("hello").language == "en"
    switched = dialogue.answer("ఇంగ్లీష్ లో మాట్లాడు")
    assert switched.wishes == (Wish("language", "en"),)
    assert dialogue.answer("నీ పేరు ఏంటి").language == "en"


def test_a_riddle_is_solved_given_up_or_guessed_wrong() -> None:
    dialogue, registry = make_talk()
    dialogue.answer("tell me a riddle")
    solution = registry.desk.memory.riddle
    assert solution in dialogue.answer(f"is it a {solution}").text.lower()
    dialogue.answer("పొడుపు కథ వెయ్")
    solution = registry.desk.memory.riddle
    assert solution in dialogue.answer("జవాబు చెప్పు").text
    assert registry.desk.memory.riddle == ""


def test_yes_takes_an_offer_and_no_leaves_it() -> None:
    dialogue, registry = make_talk()
    dialogue.answer("I am bored")
    offer = registry.desk.memory.offer
    assert offer in ("joke", "riddle", "story", "fact")
    assert dialogue.answer("yes please").intent == offer
    dialogue.answer("నాకు బోర్ కొడుతోంది")
    assert dialogue.answer("వద్దు").intent == "no"
    assert registry.desk.memory.offer == ""


def test_repeat() -> None:
    dialogue, _ = make_talk()
    assert dialogue.answer("repeat that").intent == "repeat"
    first = dialogue.answer("tell me a joke")
    assert first.text in dialogue.answer("say that again").text
    assert first.text in dialogue.answer("మళ్ళీ చెప్పు").text


def test_names() -> None:
    dialogue, _ = make_talk()
    dialogue.answer("what is my name")
    dialogue.answer("my name is priya")
    assert "Priya" in dialogue.answer("what is my name").text


def test_stories_do_not_repeat_quickly() -> None:
    dialogue, _ = make_talk()
    heard = [dialogue.answer("tell me a joke").text for _ in range(8)]
    assert len(set(heard)) == 8


def test_voice_changes_are_wishes() -> None:
    dialogue, registry = make_talk()
    assert dialogue.answer("speak louder").wishes[0].what == "volume"
    assert dialogue.answer("నెమ్మదిగా మాట్లాడు").wishes[0].what == "pace"
    assert dialogue.answer("అర్జున్ గొంతుతో మాట్లాడు").wishes == (Wish("speaker", "arjun"),)
    assert dialogue.answer("కోపంగా మాట్లాడు").wishes == (Wish("emotion", "angry"),)
    assert dialogue.answer("stop").wishes == (Wish("stop"),)
    for _ in range(9):
        last = dialogue.answer("speak louder")
    assert last.wishes == ()
    assert registry.desk.voice.volume == 1.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ఐదు కిలోమీటర్లు అంటే ఎన్ని మీటర్లు", "ఐదు వేల మీటర్లు"),
        ("how many inches are in two feet", "twenty four inches"),
        ("convert three kilos to grams", "three thousand grams"),
        ("convert two kilos to hours", ""),
        ("రెండు గంటలు ఎన్ని నిమిషాలు", "నూట ఇరవై నిమిషాలు"),
        ("convert 100 degrees celsius to fahrenheit", "two hundred and twelve"),
    ],
)
def test_conversions(text: str, said: str) -> None:
    from core.skills.conversion import Conversion

    language = understander().language_of(text)
    answer = Conversion().answer(Request("convert", language, text, (), {}, language), make_desk())
    assert said in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is mango in telugu", "మామిడి"),
        ("నీళ్ళని ఇంగ్లీష్ లో ఏమంటారు", "water"),
        ("పుస్తకాన్ని ఇంగ్లీష్ లో ఏమంటారు", "book"),
        ("spell cat", "C, A, T"),
        ("పుస్తకం స్పెల్లింగ్ చెప్పు", "పు, స్త, కం"),
        ("మూడు వరకు లెక్కపెట్టు", "ఒకటి, రెండు, మూడు"),
        ("count down from three", "three, two, one"),
        ("ten divided by zero", "zero"),
    ],
)
def test_words_letters_and_counts(text: str, said: str) -> None:
    dialogue, _ = make_talk()
    assert said.lower() in dialogue.answer(text).text.lower()


def test_emergencies_are_told_whom_to_call() -> None:
    dialogue, _ = make_talk()
    for text in ("I need an ambulance", "అంబులెన్స్ కావాలి", "my house is on fire"):
        assert dialogue.answer(text).intent == "emergency"


def test_the_word_list_is_long_and_goes_both_ways() -> None:
    from core.skills.translate import WORDS, translated

    rows = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if "\t" in line]
    assert len(rows) >= 600
    for row in rows:
        telugu, english = (side.split("; ")[0] for side in row.split("\t"))
        assert english in translated(telugu)
        assert telugu in translated(english)
