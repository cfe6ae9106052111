"""The engine with a companion: typed turns, wishes, rings, files as turns, samples of voices."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.audio.base import AudioFormat
from core.audio.wav import WavSink
from core.cards import Registry
from core.events import (
    Failed,
    Finished,
    Heard,
    Hearing,
    Interlude,
    ModeChanged,
    Ready,
    Ringing,
    Speaking,
    VoiceChanged,
    VolumeChanged,
)
from core.s2s.base import Voice
from tests import tiny
from tests.fakes import FakeWorld, Listening
from tests.tiny_companion import COMPANION, HEARD, make_companion, pitch_of


@pytest.fixture
def make_world(registry: Registry, tmp_path: Path) -> Callable[[], FakeWorld]:
    make_companion(registry.own / COMPANION)
    return lambda: FakeWorld(registry, alarms=tmp_path / "alarms.json")


@pytest.fixture
def world(make_world: Callable[[], FakeWorld]) -> FakeWorld:
    return make_world()


def talking(world: FakeWorld) -> Listening:
    return Listening(world, model=COMPANION)


def test_a_typed_turn_is_answered_in_the_talk_and_kept(world: FakeWorld) -> None:
    with talking(world) as talk:
        assert talk.wait(Ready).languages == ("auto", "te", "en")
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.tell("what is two plus three")
        done = talk.wait(Finished)
        assert talk.wait(Heard) == Heard(1, "what is two plus three", final=True)
    assert "five" in done.reply.lower()
    assert (done.heard, done.language) == ("what is two plus three", "en")
    (turn,) = world.turns
    assert (turn.heard, turn.reply, turn.language) == (done.heard, done.reply, "en")
    assert turn.heard_codes.shape == (tiny.BOOKS, 0)
    assert turn.reply_codes.shape[1] > 10


def test_a_typed_turn_without_a_talk_opens_only_the_speaker(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.wait(Ready)
        talk.engine.tell("tell me the time")
        assert talk.wait(Finished).reply
        assert talk.wait(ModeChanged).mode == "idle"
        assert not world.source.frames.qsize()
        talk.engine.tell("రెండు ప్లస్ మూడు ఎంత")
        assert "ఐదు" in talk.wait(Finished, 2).reply
    assert world.sink.frames


def test_what_is_asked_of_the_voice_is_done_and_told(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.tell("speak in the voice of arjun")
        talk.wait(Finished)
        assert talk.wait(VoiceChanged).speaker == "arjun"
        heard = len(world.sink.frames)
        talk.engine.tell("కోపంగా మాట్లాడు")
        talk.wait(Finished, 2)
        assert talk.wait(VoiceChanged, 2) == VoiceChanged("arjun", "angry", "auto", 1.0)
        assert _pitch(world, heard) == pytest.approx(pitch_of("arjun", "angry"), abs=5)
        talk.engine.tell("speak faster")
        assert talk.wait(VoiceChanged, 3).pace > 1
        talk.wait(Finished, 3)
        talk.engine.set_voice(Voice("meghana"))
        talk.engine.tell("talk to me in english")
        changed = talk.wait(VoiceChanged, 4)
        assert (changed.speaker, changed.language) == ("meghana", "en")
        assert changed.pace > 1, "who chooses another voice did not ask for another pace"


def test_louder_and_softer_are_heard(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.tell("what time is it")
        talk.wait(Finished)
        usual = np.abs(world.sink.sound).max()
        talk.engine.tell("volume down")
        talk.wait(Finished, 2)
        heard = len(world.sink.frames)
        talk.engine.tell("volume down")
        talk.wait(Finished, 3)
        assert talk.wait(VolumeChanged, 2).volume == pytest.approx(0.4)
        softer = np.abs(np.concatenate(world.sink.frames[heard:])).max()
    assert 20 * np.log10(softer / usual) < -8


def test_a_timer_rings_though_no_talk_is_on(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.wait(Ready)
        talk.engine.tell("set a timer for one second")
        talk.wait(Finished)
        talk.wait(ModeChanged)
        ring = talk.wait(Ringing)
        done = talk.wait(Finished, 2)
        assert (ring.kind, done.turn, done.heard) == ("timer", ring.turn, "")
        assert "one second" in done.reply
        talk.wait(ModeChanged, 2)
    assert [turn.heard for turn in world.turns] == ["set a timer for one second", ""]


def test_a_ring_waits_for_the_end_of_a_reply_and_of_a_turn(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.tell("set a timer for one second")
        talk.wait(Finished)
        world.sink.room = len(world.sink.frames) + 5
        talk.engine.tell("tell me a story")
        talk.wait(Speaking, 8)
        time.sleep(1.6)  # the timer is due, and the story stands still
        assert not [event for event in talk.events if isinstance(event, Ringing)]
        talk.engine.hold(True)  # the story ends; now a turn is heard
        talk.wait(Hearing, 3)
        time.sleep(0.6)
        assert not [event for event in talk.events if isinstance(event, Ringing)]
        world.sink.room = 1_000_000
        world.source.say(0.2)
        talk.wait(Heard, 3)
        talk.engine.hold(False)
        ring = talk.wait(Ringing)
        finished = [event for event in talk.events if isinstance(event, Finished)]
        assert finished[-1].turn == ring.turn - 1
        assert "one second" in talk.wait(Finished, len(finished) + 1).reply


def test_an_alarm_survives_a_restart(make_world: Callable[[], FakeWorld], tmp_path: Path) -> None:
    with talking(make_world()) as talk:
        talk.engine.tell("wake me up tomorrow at six in the morning")
        talk.wait(Finished)
    rows = json.loads((tmp_path / "alarms.json").read_text(encoding="utf-8"))
    rows[0]["at"] = (datetime.now() - timedelta(minutes=1)).isoformat()
    (tmp_path / "alarms.json").write_text(json.dumps(rows), encoding="utf-8")
    with talking(make_world()) as talk:
        assert talk.wait(Ringing).kind == "alarm"
        assert talk.wait(Finished).reply
    assert json.loads((tmp_path / "alarms.json").read_text(encoding="utf-8")) == []


def test_a_file_is_heard_as_a_turn(world: FakeWorld, tmp_path: Path) -> None:
    path = _tone(tmp_path / "asked.wav", 0.2)
    with talking(world) as talk:
        talk.engine.set_mode("hands_free")
        talk.wait(ModeChanged)
        talk.engine.hear_file(path)
        done = talk.wait(Finished)
        talk.engine.set_mode("idle")
        talk.wait(ModeChanged, 2)
        talk.engine.hear_file(path)  # without a talk as well
        assert talk.wait(Finished, 2).heard == HEARD[0]
        talk.engine.hear_file(tmp_path / "nothing.wav")
        assert "nothing.wav" in talk.wait(Failed).error.message
    assert done.heard == HEARD[0]
    assert world.turns[0].heard_codes.shape[1] == 10


def test_a_sample_of_a_voice_is_no_turn(world: FakeWorld) -> None:
    with talking(world) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.preview(Voice("charan", "happy"))
        assert talk.wait(Interlude).doing == "playing"
        assert talk.wait(Interlude, 2).doing is None
        assert talk.wait(ModeChanged, 2).mode == "hold"
    assert _pitch(world, 0) == pytest.approx(pitch_of("charan", "happy"), abs=5)
    assert world.turns == []


def test_a_model_that_answers_by_itself_is_left_alone_and_cannot_read(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.tell("hello")
        assert "cannot read" in talk.wait(Failed).error.message
        talk.engine.preview(Voice("asha"))
        assert "chooses its own words" in talk.wait(Failed, 2).error.message


def test_a_talk_of_ten_turns_in_two_languages(world: FakeWorld) -> None:
    said = [
        ("నమస్తే", ""),
        ("what time is it", "o'clock|thirty|forty|twenty|ten|fifty|morning|afternoon|evening|night"),
        ("set a timer for two seconds", "two second"),
        ("ఐదుకి మూడు కలిపితే ఎంత", "ఎనిమిది"),
        ("నా పేరు అనిత", "అనిత"),
        ("speak in the voice of arjun", "Arjun"),
        ("కోపంగా మాట్లాడు", "కోపంగా"),
        ("నా పేరు ఏంటి", "అనిత"),
        ("say that again", "అనిత"),
        ("thank you", ""),
    ]
    replies = []
    with talking(world) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        for text, _ in said:
            done = sum(isinstance(event, Finished) for event in talk.events)
            talk.engine.tell(text)
            while not replies or replies[-1].heard != text:
                done += 1
                replies.append(talk.wait(Finished, done))
        talk.wait(Ringing)
    answers = [reply for reply in replies if reply.heard]
    for (text, expected), reply in zip(said, answers, strict=True):
        assert reply.reply, text
        assert any(part in reply.reply for part in expected.split("|")), (text, reply.reply)
    assert {reply.language for reply in answers} == {"te", "en"}


def _tone(path: Path, seconds: float) -> Path:
    format = AudioFormat(tiny.RATE, tiny.FRAME)
    t = np.arange(round(seconds * tiny.RATE)) / tiny.RATE
    with WavSink(path, format) as file:
        file.write((0.3 * np.sin(2 * np.pi * 500 * t)).astype(np.float32))
    return path


def _pitch(world: FakeWorld, since: int) -> float:
    sound = np.concatenate(world.sink.frames[since:])
    strength = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(strength.argmax()) * tiny.RATE / len(sound)
