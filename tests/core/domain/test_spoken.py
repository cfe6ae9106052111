"""What is answered becomes plain words in one alphabet."""

from __future__ import annotations

import re
from datetime import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.book import LANGUAGES, UNKNOWN
from core.domain.loan_spelling import telugu_spelling
from core.domain.spoken import spoken_text, spoken_words
from tests.core.skills.desks import HandClock, domain, make_talk

PLAIN = {
    "te": re.compile(r"([\u0c02\u0c03\u0c05-\u0c39\u0c3e-\u0c4d]+[,.?!]?( (?!$)|$))*"),
    "en": re.compile(r"([a-z']+[,.?!]?( (?!$)|$))*"),
}


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Hello, it's 10:30! I have 21 apples...", "en", "hello, it's ten thirty! i have twenty one apples."),
        ("C, A, T, spells cat.", "en", "see, ay, tee, spells cat."),
        ("A crow sat on a TV; OK?", "en", "a crow sat on a tee vee, okay?"),
        ("మామిడి is mango", "en", "maamidi is mango"),
        ("21st July, -5 °C", "en", "twenty first july, minus five degrees celsius"),
        ("It is 10:05 or 10 am", "en", "it is ten oh five or ten in the morning"),
        ("₹1,00,000 and ₹2.50", "en", "one lakh rupees and two point five rupees"),
        ("12345678901234", "en", "one two three four five six seven eight nine zero one two three four"),
        ("007, café", "en", "zero zero seven, cafe"),
        ("What?! No...", "en", "what? no."),
        (" , well", "en", "well"),
        ("yes , no", "en", "yes, no"),
        ("“Water” అంటే నీళ్ళు — 25 km", "te", "వాటర్ అంటే నీళ్ళు, ఇరవై ఐదు కిలోమీటర్లు"),
        ("3.5%", "te", "మూడున్నర శాతం"),
        ("A, B, C", "te", "ఏ, బీ, సీ"),
        ("౧౦ గంటలు", "te", "పది గంటలు"),
        ("?? ... ! 😀", "te", ""),
        ("", "en", ""),
    ],
)
def test_written_becomes_spoken(text: str, language: str, said: str) -> None:
    assert spoken_text(text, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_of_the_books_is_plain(language: str) -> None:
    for intent in domain().intents.values():
        for reply in (
            *intent.replies[language],
            *(r for c in intent.otherwise[language].values() for r in c),
        ):
            for text in (re.sub(r"\{\w+\}", "", reply.text), reply.answer):
                said = spoken_text(text, language)
                assert PLAIN[language].fullmatch(said), (reply.text, said)
                letters = re.sub(r"[^\w\u0c00-\u0c7f]", "", text.lower())
                assert letters == re.sub(r"[^\w\u0c00-\u0c7f]", "", said), "nothing is lost"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_dialogue_is_plain_and_has_no_digits(language: str) -> None:
    rng = Random(4)
    for phrasing in domain().all_phrasings(language):
        if phrasing.part == "test":
            continue
        now = datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randrange(24), rng.randrange(60))
        dialogue, registry = make_talk(HandClock(now), seed=rng.randrange(1000))
        answer = dialogue.answer(domain().say(phrasing, rng).text, language)
        for said in [answer, *registry.ring(language)]:
            plain = spoken_text(said.text, said.language)
            assert plain or phrasing.intent == UNKNOWN
            assert PLAIN[said.language].fullmatch(plain), (said.text, plain)


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_any_text_becomes_plain_and_stays_so(text: str, language: str) -> None:
    said = spoken_text(text, language)
    assert PLAIN[language].fullmatch(said), said
    assert len(spoken_words(text, language)) == len(text.replace("\u200c", "").split()) or any(
        sign in text for sign in "₹$€"
    )


def test_each_written_word_stands_beside_what_is_said() -> None:
    assert spoken_words("It is 10:30, OK?", "en") == [
        ("It", "it"),
        ("is", "is"),
        ("10:30,", "ten thirty,"),
        ("OK?", "okay?"),
    ]


def test_english_words_in_telugu_letters() -> None:
    assert telugu_spelling("water") == "వాటర్"
    assert telugu_spelling("zebra") == "జెబ్రా"  # by rule: it is not in the list
    assert telugu_spelling("thanking") == "థ్యాంకింగ్"
