"""Where the echo is found: one measurement may be chance, two at one place are none."""

from __future__ import annotations

import numpy as np

from core.audio.base import Pcm
from core.audio.far_end import FarEnd

RATE = 16_000


class Silence:
    """A speaker that plays nothing, in step with the microphone."""

    def __init__(self) -> None:
        self.at = 0

    def position(self) -> int:
        self.at += 320
        return self.at

    def reference(self, start: int, count: int) -> Pcm:
        return np.zeros(count, np.float32)


def listening() -> FarEnd:
    far_end = FarEnd(RATE, Silence())
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
