"""A picture scrolls evenly although its sound comes in lumps."""

from __future__ import annotations

import numpy as np
import pytest

from app.views.stream_clock import StreamClock


@pytest.mark.parametrize("lump", [0.01, 0.02, 0.08])
def test_even_steps_from_lumps(lump: float) -> None:
    clock = StreamClock(60, 0.1)
    frame = 1 / 60
    places = [clock.advance(n * frame, int(n * frame / lump) * round(lump * 6000) // 100) for n in range(300)]
    steps = np.diff(places)[120:]  # once it has settled
    assert steps.min() > 0.6 and steps.max() < 1.4
    assert places[-1] == pytest.approx(299 - 6, abs=6)


def test_never_back_and_never_ahead_of_the_sound() -> None:
    random = np.random.default_rng(0)
    clock, arrived, last = StreamClock(60, 0.1), 0, 0.0
    for n in range(2000):
        arrived += int(random.choice([0, 0, 0, 1, 2, 5]))
        place = clock.advance(n / 60 + float(random.random()) / 100, arrived)
        assert last <= place <= max(arrived, last)
        last = place


def test_it_rests_when_the_sound_ends() -> None:
    clock = StreamClock(60, 0.1)
    for n in range(120):
        clock.advance(n / 60, n)
    rest = [clock.advance(2 + n / 60, 119) for n in range(300)]
    assert rest[-1] == rest[-60] <= 119


def test_it_leaps_over_a_long_stop() -> None:
    clock = StreamClock(60, 0.1)
    clock.advance(0.0, 0)
    assert clock.advance(0.016, 6000) == pytest.approx(5994)
