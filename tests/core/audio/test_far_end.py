"""Where the echo is found: one measurement may be chance, two at one place are none."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm
from core.audio.far_end import FarEnd

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
