"""A microphone nobody talks to is closed."""

from __future__ import annotations

import time

import pytest

from core.audio.base import AudioFormat
from core.events import Finished, ModeChanged
from core.talks.rest import Rest
from tests import tiny
from tests.fakes import FakeSource, FakeWorld, Listening


class Clock:
    """The time, as it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_only_time_without_talk_counts() -> None:
    clock = Clock()
    rest = Rest(clock)
    assert not rest.due(False, 60)
    clock.now += 59
    assert not rest.due(False, 60)
    assert not rest.due(True, 60)  # somebody speaks
    clock.now += 59
    assert not rest.due(False, 60)
    clock.now += 60
    assert rest.due(False, 60)
    assert not rest.due(False, 60)  # once
    clock.now += 1000
    assert not rest.due(False, 0)


class OpenSource(FakeSource):
    """A microphone that tells whether it is open."""

    is_open = False

    def __enter__(self) -> OpenSource:
        self.is_open = True
        return self

    def __exit__(self, *exc: object) -> None:
        self.is_open = False


@pytest.mark.parametrize("mode", ["hold", "hands_free"])
def test_the_microphone_is_closed_after_a_while(world: FakeWorld, mode: str) -> None:
    source = world.source = OpenSource(AudioFormat(16_000, 320))
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine._set("rest_seconds", 0.3)
        talk.engine.set_mode(mode)  # type: ignore[arg-type]
        talk.wait(ModeChanged)
        assert source.is_open
        deadline = time.monotonic() + 10
        while source.is_open and time.monotonic() < deadline:
            source.say(0.02, level=0.0)
            time.sleep(0.01)
        assert not source.is_open
        assert talk.wait(ModeChanged, 2).mode == "idle"
        talk.engine._set("rest_seconds", 60.0)
        talk.engine.set_mode(mode)  # type: ignore[arg-type]
        talk.wait(ModeChanged, 3)
        assert source.is_open
        talk.engine.hold(True)
        source.say(0.3)
        time.sleep(0.2)
        talk.engine.hold(False)
        talk.wait(Finished)
