"""The engine in a fake world: turns, barge-in, duplex, mirror, lost devices, a full disk."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.errors import ModelError
from core.events import (
    DeviceBack,
    DeviceLost,
    Failed,
    Finished,
    Heard,
    Hearing,
    Mirrored,
    ModeChanged,
    NotSaved,
    Ready,
    Speaking,
    Stopped,
    Thinking,
)
from core.events import (
    Listening as ListeningEvent,
)
from core.s2s.base import Voice
from tests import tiny
from tests.fakes import FakeWorld, Listening


def test_a_held_turn_is_heard_and_answered(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        ready = talk.wait(Ready)
        assert (ready.codec, ready.model, ready.speakers) == (tiny.CODEC, tiny.TURN, tiny.SPEAKERS)
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.hold(True)
        talk.wait(Hearing)
        world.source.say(0.5)
        talk.wait(Heard, 2)
        talk.engine.hold(False)
        done = talk.wait(Finished)
    assert done.heard == "two three"  # a word for every ten loud frames; the tenth writes the second word
    assert done.reply == tiny.REPLY
    assert not done.interrupted
    assert done.seconds == pytest.approx(tiny.REPLY_FRAMES * 0.02)
    kinds = [type(event) for event in talk.events]
    assert kinds.index(Thinking) < kinds.index(Speaking) < kinds.index(Finished)
    assert len(world.sink.frames) == tiny.REPLY_FRAMES
    assert np.abs(world.sink.sound).max() > 0.05
    turn = world.turns[0]
    assert turn.reply_codes.shape == (tiny.BOOKS, tiny.REPLY_FRAMES)
    assert turn.heard_codes.shape[1] >= 20
    assert isinstance(talk.events[-1], Stopped)
    assert world.closed


def test_hands_free_finds_the_turn_and_keeps_its_onset(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hands_free")
        talk.wait(ModeChanged)
        world.source.say(0.2, level=0)
        world.source.say(0.4)
        world.source.say(0.2, level=0)
        done = talk.wait(Finished)
    assert done.reply == tiny.REPLY
    # all that was heard from before the start to the pause: 10 silent, 20 loud, 5 silent frames
    assert world.turns[0].heard_codes.shape[1] == 35


def test_speech_interrupts_the_reply(world: FakeWorld) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hands_free")
        talk.wait(ModeChanged)
        world.source.say(0.3)
        world.source.say(0.2, level=0)
        talk.wait(Speaking)
        world.source.say(0.1)
        done = talk.wait(Finished)
        assert talk.wait(Hearing, 2).turn == 2
    assert done.interrupted
    assert world.turns[0].interrupted
    assert world.turns[0].reply_codes.shape[1] == 5
    assert world.sink.drops == 1


def test_escape_interrupts_and_the_talk_goes_on(world: FakeWorld) -> None:
    world.sink.room = 3
    with Listening(world, model=tiny.TURN) as talk:
        _one_turn(talk)
        talk.wait(Speaking)
        talk.engine.interrupt()
        assert talk.wait(Finished).interrupted
        world.sink.room = 1000
        _one_turn(talk, begin=False)
        assert not talk.wait(Finished, 2).interrupted


def test_the_voice_is_the_speaker_that_was_chosen(world: FakeWorld) -> None:
    peaks = []
    for speaker in tiny.SPEAKERS:
        world.sink.frames.clear()
        with Listening(world, model=tiny.TURN) as talk:
            talk.wait(Ready)
            talk.engine.set_voice(Voice(speaker))
            _one_turn(talk)
            talk.wait(Finished)
        peaks.append(int(np.argmax(np.abs(np.fft.rfft(world.sink.sound)))))
    assert peaks[0] < peaks[1]


def test_a_duplex_model_answers_each_frame(world: FakeWorld) -> None:
    with Listening(world, model=tiny.DUPLEX) as talk:
        assert talk.wait(Ready).duplex
        talk.engine.set_mode("duplex")
        talk.wait(ModeChanged)
        world.source.say(1.0)
        talk.wait(Speaking)
        while len(world.sink.frames) < 50:
            time.sleep(0.005)
    heard = world.sink.sound
    t = np.arange(heard.size) / tiny.RATE
    spoken = np.abs(np.vdot(heard, np.exp(2j * np.pi * 500 * t))) / np.linalg.norm(heard)
    assert spoken / np.sqrt(heard.size / 2) > 0.9  # its own echo of the 500 Hz that it heard
    assert world.turns[0].reply == "one"


def test_the_mirror_plays_what_it_hears(world: FakeWorld) -> None:
    with Listening(world, codec=tiny.CODEC) as talk:
        talk.engine.set_mode("mirror")
        talk.wait(ModeChanged)
        world.source.say(1.0)
        delay = talk.wait(Mirrored)
        while len(world.sink.frames) < 50:
            time.sleep(0.005)
    t = np.arange(16_000) / tiny.RATE
    said = 0.3 * np.sin(2 * np.pi * 500 * t)
    assert np.corrcoef(world.sink.sound, said)[0, 1] > 0.99
    assert 20 < delay.total_ms < 200


def test_the_mirror_needs_no_codec(world: FakeWorld) -> None:
    with Listening(world, codec="straight") as talk:
        assert talk.wait(Ready).model is None
        talk.engine.set_mode("mirror")
        talk.wait(ModeChanged)
        world.source.say(0.2)
        while len(world.sink.frames) < 10:
            time.sleep(0.005)
    assert np.abs(world.sink.sound).max() == pytest.approx(0.3, abs=0.01)


def test_without_a_speech_model_talking_is_refused_kindly(world: FakeWorld) -> None:
    with Listening(world, codec="straight") as talk:
        talk.engine.set_mode("hold")
        failed = talk.wait(Failed)
        assert not failed.fatal
        assert "no speech model" in failed.error.message
        talk.engine.set_mode("mirror")
        assert talk.wait(ModeChanged).mode == "mirror"


def test_a_lost_microphone_keeps_the_turn_and_comes_back(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.hold(True)
        talk.wait(Hearing)
        world.source.say(0.2)
        talk.wait(Heard)
        world.source.broken = True
        lost = talk.wait(DeviceLost)
        assert (lost.kind, lost.name) == ("microphone", "fake microphone")
        world.source.broken = False
        assert talk.wait(DeviceBack).kind == "microphone"
        world.source.say(0.2)
        talk.wait(Heard, 2)
        talk.engine.hold(False)
        done = talk.wait(Finished)
    assert done.heard == "two three"
    assert world.turns[0].heard_codes.shape[1] == 20


def test_a_lost_speaker_pauses_the_reply(world: FakeWorld) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        _one_turn(talk)
        talk.wait(Speaking)
        world.sink.broken, world.sink.room = True, 1000
        assert talk.wait(DeviceLost).kind == "speaker"
        world.sink.broken = False
        assert talk.wait(DeviceBack).kind == "speaker"
        done = talk.wait(Finished)
    assert not done.interrupted
    assert world.turns[0].reply_codes.shape[1] == tiny.REPLY_FRAMES


def test_devices_that_are_missing_at_the_start_are_waited_for(world: FakeWorld) -> None:
    world.source.broken = True
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        assert talk.wait(DeviceLost).kind == "microphone"
        world.source.broken = False
        talk.wait(DeviceBack)
        _one_turn(talk, begin=False)
        talk.wait(Finished)


def test_a_full_disk_loses_nothing(world: FakeWorld) -> None:
    world.full = True
    with Listening(world, model=tiny.TURN) as talk:
        _one_turn(talk)
        assert talk.wait(NotSaved).error.hint
        talk.wait(Finished)
        assert world.turns == []
        world.full = False
        _one_turn(talk, begin=False)
        talk.wait(Finished, 2)
    assert [turn.number for turn in world.turns] == [1, 2]


def test_an_unknown_model_leaves_the_engine_alive(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.wait(Ready)
        talk.engine.use_models(None, "nobody")
        failed = talk.wait(Failed)
        assert not failed.fatal
        assert "nobody" in failed.error.message
        _one_turn(talk)
        talk.wait(Finished)


def test_a_fault_inside_ends_in_one_sentence(world: FakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise RuntimeError("boom")

    monkeypatch.setattr(world, "changed", fail)
    talk = Listening(world, model=tiny.TURN)
    talk.engine.start()
    talk.engine.set_mode("hold")
    failed = talk.wait(Failed)
    assert failed.fatal
    assert "boom" not in failed.error.message
    assert talk.engine.close()


def test_a_model_that_fails_ends_its_answer_and_not_the_talk(world: FakeWorld) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        _one_turn(talk)
        talk.wait(Speaking)
        reply = talk.engine._stage.talk._reply  # type: ignore[union-attr]
        reply.next_frame = _lose_its_way
        world.sink.room = 1000
        assert not talk.wait(Failed).fatal
        assert talk.wait(Finished).interrupted
        _one_turn(talk, begin=False)
        assert not talk.wait(Finished, 2).interrupted


def _lose_its_way(codebooks: int | None, lead_seconds: float) -> None:
    raise ModelError("The model lost its way.", "It goes on with the next turn.")


def test_health_counts_frames(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        _one_turn(talk)
        talk.wait(Finished)
        health = talk.engine.health()
    assert health.frames >= 10
    assert health.late_frames == 0
    assert 0 < health.step_ms_median <= health.step_ms_p95
    assert min(health.encode_ms, health.model_ms, health.decode_ms) > 0
    assert health.codes_seen > 0 and health.codes_used
    assert all(1 <= used <= health.codes_seen for used in health.codes_used)


def _one_turn(talk: Listening, *, begin: bool = True) -> None:
    if begin:
        talk.engine.set_mode("hold")
        talk.wait(ListeningEvent)
    turns = sum(isinstance(event, Hearing) for event in talk.events)
    words = sum(isinstance(event, Heard) for event in talk.events)
    talk.engine.hold(True)
    talk.wait(Hearing, turns + 1)
    talk.world.source.say(0.2)
    talk.wait(Heard, words + 1)
    talk.engine.hold(False)


def test_the_upper_band_is_switched_in_the_middle_of_a_talk(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.set_wide(True)
        talk.engine.hold(True)
        world.source.say(0.3)
        time.sleep(0.1)
        talk.engine.hold(False)
        talk.wait(Finished)
        assert world.wide and world.opened_speakers == 2  # the speaker was opened anew, and heard the answer
        assert len(world.sink.frames) == tiny.REPLY_FRAMES
