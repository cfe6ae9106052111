"""Where the echo is found: one measurement may be chance, two at one place are none."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm
from core.audio.far_end import FarEnd, Played

RATE = 16_000


class Counting:
    """A speaker, in step with the microphone once it has begun, whose samples tell their places."""

    def __init__(self, begins_after: int = 0) -> None:
        self._waits = begins_after
        self.at = 0

    def position(self) -> int:
        self._waits -= 1
        self.at += 320 if self._waits < 0 else 0
        return self.at

    def reference(self, start: int, count: int) -> Pcm:
        return np.arange(start, start + count, dtype=np.float32)


def listening() -> FarEnd:
    far_end = FarEnd(RATE, Counting())
    far_end.read(320)
    return far_end


def test_one_measurement_moves_nothing_and_is_forgotten() -> None:
    far_end = listening()
    far_end.measured(0.6 * RATE, 0.0)
    assert (far_end.moves, far_end.jumps, far_end.astray) == (0, 0, True)
    far_end.unconfirmed()
    assert not far_end.astray
    far_end.measured(0.1 * RATE, 0.0)
    assert (far_end.moves, far_end.jumps, far_end.astray) == (0, 0, True)


def test_two_at_one_place_are_an_echo() -> None:
    far_end = listening()
    for _ in range(2):
        far_end.measured(0.6 * RATE, 0.0)
    assert (far_end.moves, far_end.jumps, far_end.astray) == (1, 1, False)


def test_a_speaker_that_begins_late_is_waited_for() -> None:
    speaker = Counting(begins_after=10)  # 0.2 s, in which the microphone is heard already
    far_end = FarEnd(RATE, speaker)
    read = [(far_end.read(320)[-1], speaker.at) for _ in range(120)]
    assert read[20][0] > read[20][1]  # sooner than it is played
    assert all(last <= at for last, at in read[60:])


class HeldUp(Counting):
    """The same, that takes nothing for a moment and then goes on where it was."""

    def __init__(self) -> None:
        super().__init__()
        self.held = 0

    def position(self) -> int:
        self.held -= 1
        return self.at if self.held >= 0 else super().position()


def with_echo(speaker: Played) -> FarEnd:
    """The speaker as it is heard, and an echo that was found 100 ms after it."""
    far_end = FarEnd(RATE, speaker)
    for _ in range(60):
        far_end.read(320)
    for _ in range(2):
        far_end.measured(0.1 * RATE, 0.0)
    return far_end


def held_up() -> FarEnd:
    """An echo that was found, and a device that was held up for 60 ms since."""
    speaker = HeldUp()
    far_end = with_echo(speaker)
    assert not far_end.astray
    speaker.held = 3
    for _ in range(4):
        far_end.read(320)
    return far_end


def test_what_was_held_up_comes_back_elsewhere_until_it_is_found() -> None:
    far_end = held_up()
    assert far_end.astray
    far_end.measured(0.1 * RATE, 0.2 * RATE)  # where it was before
    far_end.unconfirmed()
    assert far_end.astray
    for _ in range(2):
        far_end.read(320)
        far_end.measured(0.16 * RATE, 0.0)
    assert not far_end.astray


def test_an_echo_that_never_comes_back_is_gone() -> None:
    far_end = held_up()
    far_end.gone()
    assert not far_end.astray


def test_an_engine_that_comes_late_lets_nothing_slip() -> None:
    speaker = Counting()
    far_end = with_echo(speaker)
    speaker.at += 5 * 320  # played meanwhile
    far_end.read(320)
    for _ in range(5):
        speaker.at -= 320  # the microphone's sound of that time is read at once
        far_end.read(320)
    assert not far_end.astray
