"""Between two talks: saved sound played again, a chime, a recording; then everything goes on as before."""

from __future__ import annotations

import time

import numpy as np

from core.events import Failed, Finished, Interlude, ModeChanged, Opened, Ready
from tests import tiny
from tests.fakes import FakeWorld, Listening


def _codes(frames: int) -> np.ndarray:
    codes = np.full((tiny.BOOKS, frames), tiny.LEVELS // 2)
    codes[20] += 60
    return codes


def _wait_for_modes(talk: Listening, count: int) -> list[object]:
    talk.wait(ModeChanged, count)
    return [event.doing for event in talk.events if isinstance(event, Interlude)]


def test_a_saved_turn_is_played_and_the_talk_goes_on(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.replay(tiny.CODEC, _codes(30))
        assert _wait_for_modes(talk, 2) == ["playing", None]
        assert len(world.sink.frames) == 30 and np.abs(world.sink.sound).max() > 0.05
        assert talk.wait(ModeChanged, 2).mode == "hold"
        talk.engine.hold(True)
        world.source.say(0.3)
        time.sleep(0.1)
        talk.engine.hold(False)
        talk.wait(Finished)
    assert sum(isinstance(event, Opened) for event in talk.events) == 2  # no microphone is opened to play


def test_playing_without_a_talk_returns_to_rest(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.test_speaker()
        assert _wait_for_modes(talk, 1) == ["playing", None]
        assert talk.wait(ModeChanged).mode == "idle"
        assert 0.1 < np.abs(world.sink.sound).max() < 0.9


def test_a_recording_is_heard_again(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.wait(Ready)
        world.source.say(4.0)
        talk.engine.test_microphone()
        assert _wait_for_modes(talk, 1) == ["recording", "playing", None]
        assert len(world.sink.frames) == 150  # three seconds


def test_playing_is_interrupted(world: FakeWorld) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.replay(tiny.CODEC, _codes(500))
        talk.wait(Interlude)
        talk.engine.interrupt()
        assert _wait_for_modes(talk, 2) == ["playing", None]
        assert world.sink.drops == 1


def test_a_change_of_mode_ends_it(world: FakeWorld) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.replay(tiny.CODEC, _codes(500))
        talk.wait(Interlude)
        talk.engine.set_mode("hold")
        assert talk.wait(ModeChanged).mode == "hold"
        assert talk.wait(Interlude, 2).doing is None


def test_a_codec_that_is_not_here_is_one_sentence(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.replay(tiny.CODEC, _codes(5)[:3])
        assert "not here" in talk.wait(Failed).error.message


def test_in_private_nothing_is_kept(world: FakeWorld) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_private(True)
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.hold(True)
        world.source.say(0.3)
        time.sleep(0.1)
        talk.engine.hold(False)
        talk.wait(Finished)
        assert world.turns == []


def test_a_voice_stops_an_answer_only_if_it_may(world: FakeWorld) -> None:
    world.sink.room = 2  # the answer waits for room: it is still going on when somebody speaks
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_interruption("never")
        talk.engine.set_mode("hands_free")
        talk.wait(ModeChanged)
        world.source.say(0.4)
        world.source.say(0.5, level=0.0)
        deadline = time.monotonic() + 5
        while len(world.sink.frames) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        world.source.say(0.4)
        time.sleep(0.3)
        assert not any(isinstance(event, Finished) for event in talk.events)
        talk.engine.interrupt()
        assert talk.wait(Finished).interrupted
