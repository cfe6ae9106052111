"""What stops an answer is a setting of the engine, and reaches the line and the talk at once."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.audio.base import Pcm
from core.events import Interruption, ModeChanged
from tests import tiny
from tests.fakes import FakeSink, FakeWorld, Listening


class Card(FakeSink):
    """A sink that tells what left for the device, as a sound card does."""

    def position(self) -> int:
        return 0

    def reference(self, start: int, count: int) -> Pcm:
        return np.zeros(count, np.float32)


@pytest.mark.parametrize(
    ("how", "listens", "stops"), [("voice", True, True), ("headphones", False, True), ("never", True, False)]
)
def test_three_settings(world: FakeWorld, how: Interruption, listens: bool, stops: bool) -> None:
    world.sink = Card(world.source.format)
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hands_free")
        talk.wait(ModeChanged)
        talk.engine.set_interruption(how)
        world.source.say(0.2, level=0.0)
        time.sleep(0.2)
        stage = talk.engine._stage
        assert stage and stage.line
        assert (stage.line.near_end is not None) is listens
        assert stage.manner.voice_stops is stops
