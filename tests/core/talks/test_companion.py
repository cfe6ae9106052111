"""A speech model that says what the dialogue answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.cards import Registry
from core.codecs.base import Codes
from core.domain.talk import Wish
from core.loading import load_codec, load_speech
from core.s2s.base import Reading, Reply, TurnModel, Voice
from core.s2s.onnx import OnnxTurnModel
from core.talks.companion import AUTO, Companion
from tests import tiny
from tests.core.skills.desks import HandClock, make_talk
from tests.tiny_companion import COMPANION, HEARD, LANGUAGES, make_companion, pitch_of

VOICE = Voice("vennela", "neutral", AUTO)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def model(registry: Registry) -> TurnModel:
    if not (registry.own / COMPANION).exists():
        make_companion(registry.own / COMPANION)
    found = load_speech(registry.find(COMPANION))
    assert isinstance(found, OnnxTurnModel)
    return found


@pytest.fixture
def companion(model: TurnModel, clock: HandClock) -> Companion:
    return Companion(model, *make_talk(clock))


@pytest.fixture
def pitch(registry: Registry) -> Callable[[Reply], float]:
    """The pitch at which a reply is said."""
    codec = load_codec(registry.find(tiny.CODEC))

    def measured(reply: Reply) -> float:
        decoder = codec.decoder()
        sound = np.concatenate([decoder.push(spoken.codes) for spoken in reply])
        strength = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
        return float(strength.argmax()) * tiny.RATE / len(sound)

    return measured


def answered(companion: Companion, words: str, voice: Voice = VOICE) -> str:
    return "".join(spoken.text for spoken in companion.reply(companion.read(words), voice, seed=1))


def test_what_was_typed_is_answered_in_the_words_of_the_dialogue(companion: Companion) -> None:
    assert "ten thirty in the morning" in answered(companion, "what time is it")
    assert "ఉదయం పదిన్నర" in answered(companion, "టైం ఎంత")
    reply = answered(companion, "టైం ఎంత")
    assert reply.startswith(" ")
    assert reply[-1] in ".!?"  # as it is written, with capitals and signs


def test_what_is_heard_in_codes_is_answered_as_well(companion: Companion) -> None:
    listener = companion.listen()
    loud = np.full((tiny.BOOKS, 10), tiny.LEVELS // 2)
    loud[20] += 60
    assert listener.push(loud).strip() == HEARD[0]
    assert "ten thirty" in "".join(s.text for s in companion.reply(listener, VOICE, seed=1))


def test_a_cough_is_not_answered(companion: Companion) -> None:
    for nothing in ("", " ", "ప", "..."):
        assert answered(companion, nothing) == ""


def test_the_reply_has_the_mood_of_the_answer_unless_the_user_chose_one(
    companion: Companion, pitch: Callable[[Reply], float]
) -> None:
    happy = pitch(companion.reply(companion.read("thank you"), VOICE, seed=1))
    assert happy == pytest.approx(pitch_of("vennela", "happy"), abs=3)
    chosen = pitch(companion.reply(companion.read("thank you"), replace(VOICE, emotion="sad"), seed=1))
    assert chosen == pytest.approx(pitch_of("vennela", "sad"), abs=3)


def test_the_language_of_the_reply_is_that_of_the_turn_or_the_chosen_one(companion: Companion) -> None:
    assert companion.spec.languages == (AUTO, *LANGUAGES)
    reply = companion.reply(companion.read("what time is it"), VOICE, seed=1)
    assert reply.voice.language == "en"  # type: ignore[attr-defined]
    said = answered(companion, "what time is it", replace(VOICE, language="te"))
    assert "ఉదయం" in said
    assert "morning" in answered(companion, "what time is it")


def test_wishes_are_told_before_the_answer_is_made_and_heard_in_it(
    companion: Companion, pitch: Callable[[Reply], float]
) -> None:
    told: list[Wish] = []
    companion.attend(told.append)
    reply = companion.reply(companion.read("అర్జున్ గొంతుతో మాట్లాడు"), replace(VOICE, emotion="sad"), seed=1)
    assert told == [Wish("speaker", "arjun")]
    assert pitch(reply) == pytest.approx(pitch_of("arjun", "sad"), abs=3)
    angry = companion.reply(companion.read("కోపంగా మాట్లాడు"), replace(VOICE, emotion="sad"), seed=1)
    assert pitch(angry) == pytest.approx(pitch_of("vennela", "angry"), abs=3)


def test_go_on_says_the_rest_from_the_sentence_that_was_interrupted(companion: Companion) -> None:
    reply = companion.reply(companion.read("tell me a story"), VOICE, seed=1)
    text = ""
    while len(text.split()) < 12:
        text += next(reply).text
    reply.close()
    assert answered(companion, "stop")
    going_on = answered(companion, "continue")
    sentence = text.split()
    start = max((at + 1 for at, word in enumerate(sentence[:-1]) if word[-1] in ".?!"), default=0)
    assert " ".join(sentence[start:]) in going_on
    assert going_on.split()[-1] != sentence[-1], "more than had been said"
    nothing = answered(companion, "continue")
    assert "left to say" in nothing or "finished" in nothing


def test_a_timer_comes_due_once(companion: Companion, clock: HandClock) -> None:
    assert not companion.waits
    answered(companion, "set a timer for ten seconds")
    assert companion.waits
    assert companion.due() == []
    clock.pass_by(seconds=10)
    (due,) = companion.due()
    reply = companion.tell(due, companion.listen(), VOICE, seed=1)
    assert "ten second" in "".join(spoken.text for spoken in reply)
    assert not companion.waits


def test_given_words_are_said_as_they_are(companion: Companion) -> None:
    for words in ("Hello, 25 apples!", "నమస్తే, బాగున్నారా?"):
        reply = companion.say(words, companion.listen(), VOICE, seed=1)
        assert "".join(spoken.text for spoken in reply).split() == words.split()


class Unsure:
    """A listener that cannot tell two readings apart."""

    def __init__(self) -> None:
        self.choose: Callable[[Sequence[Reading]], int] = lambda readings: 0

    def push(self, codes: Codes) -> str:
        return ""

    def prefer(self, choose: Callable[[Sequence[Reading]], int]) -> None:
        self.choose = choose

    def last_words(self) -> Iterator[str]:
        readings = [Reading("pale them eat I am", 1.0), Reading("tell me the time", 0.8)]
        yield f" {readings[self.choose(readings)].words}"


def test_of_two_readings_the_one_that_means_something_is_heard(
    model: TurnModel, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "listen", Unsure)
    listener = Companion(model, *make_talk(clock)).listen()
    assert "".join(listener.last_words()) == listener.words == " tell me the time"
