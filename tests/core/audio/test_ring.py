"""The ring hands sound over without losing or doubling a sample, whatever the two sides do."""

from __future__ import annotations

import random
import threading
import time

import numpy as np
import pytest

from core.audio.ring import Ring


def ramp(start: int, count: int) -> np.ndarray:
    """Numbers that tell their own position; small enough to be exact in float32."""
    return (np.arange(start, start + count) % (1 << 20)).astype(np.float32)


def test_what_goes_in_comes_out_across_the_seam() -> None:
    ring = Ring(10)
    for start in range(0, 70, 7):
        assert ring.write(ramp(start, 7)) == 7
        np.testing.assert_array_equal(ring.read(7), ramp(start, 7))


def test_what_does_not_fit_is_counted_as_overrun() -> None:
    ring = Ring(10)
    assert ring.write(ramp(0, 14)) == 10
    assert ring.overruns == 4
    np.testing.assert_array_equal(ring.read(10), ramp(0, 10))


def test_what_is_missing_is_counted_as_underrun() -> None:
    ring = Ring(10)
    ring.write(ramp(0, 3))
    assert len(ring.read(5)) == 3
    assert ring.underruns == 2


def test_onlookers_have_positions_of_their_own() -> None:
    ring = Ring(10, history=True)
    ring.write(ramp(0, 6))
    first, position = ring.peek(0)
    np.testing.assert_array_equal(first, ramp(0, 6))
    ring.write(ramp(6, 3))
    later, _ = ring.peek(position)
    np.testing.assert_array_equal(later, ramp(6, 3))
    np.testing.assert_array_equal(ring.peek(0)[0], ramp(0, 9))
    np.testing.assert_array_equal(ring.peek(2, until=5)[0], ramp(2, 3))


def test_an_onlooker_who_comes_late_sees_what_is_still_there() -> None:
    ring = Ring(10, history=True)
    for start in range(0, 100, 5):
        ring.write(ramp(start, 5))
    pcm, position = ring.peek(0)
    assert position == 100
    np.testing.assert_array_equal(pcm, ramp(90, 10))
    pcm, position = ring.peek(200)  # a position of another, longer stream
    assert len(pcm) == 0
    assert position == 100


def test_a_block_longer_than_the_ring_leaves_its_end() -> None:
    ring = Ring(10, history=True)
    ring.write(ramp(0, 37))
    np.testing.assert_array_equal(ring.peek(0)[0], ramp(27, 10))


def test_what_was_taken_back_is_not_shown() -> None:
    ring = Ring(10, history=True)
    ring.write(ramp(0, 8))
    ring.retract(5)
    ring.write(ramp(100, 2))
    np.testing.assert_array_equal(ring.peek(0)[0], [0, 1, 2, 3, 4, 100, 101])


@pytest.mark.parametrize("side", ["write", "read"])
def test_a_second_thread_on_one_side_is_refused(side: str) -> None:
    ring = Ring(10)

    def act() -> None:
        ring.write(ramp(0, 1)) if side == "write" else ring.read(1)

    act()
    refused = []

    def second() -> None:
        try:
            act()
        except RuntimeError as error:
            refused.append(str(error))

    thread = threading.Thread(target=second)
    thread.start()
    thread.join()
    assert refused and side[:4] in refused[0]


def test_five_minutes_of_sound_under_stress() -> None:
    """Random blocks, random stalls, three onlookers, twenty times as fast as life."""
    rate, seconds, speed = 24_000, 300, 20
    total = rate * seconds
    ring = Ring(rate // 2)
    done = threading.Event()
    faults: list[str] = []
    looked = [0, 0, 0]

    def write() -> None:
        dice = random.Random(1)
        started, position = time.perf_counter(), 0
        while position < total:
            count = min(dice.randint(1, 4000), total - position)
            position += ring.write(ramp(position, min(count, ring.room)))
            early = position / rate / speed - (time.perf_counter() - started)
            time.sleep(max(0.0, early) + (dice.random() * 0.02 if dice.random() < 0.02 else 0.0))

    def look(number: int) -> None:
        position = 0
        while not done.is_set():
            pcm, after = ring.peek(position)
            start = after - len(pcm)
            # What was spoiled while copying is cut at the front: what is left must be right.
            if start < position or not np.array_equal(pcm, ramp(start, len(pcm))):
                faults.append(f"onlooker {number} at {start}")
            looked[number] += len(pcm)
            position = after
            time.sleep(0.001 * (number + 1))

    threads = [threading.Thread(target=write)]
    threads += [threading.Thread(target=look, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    dice = random.Random(2)
    position = 0
    while position < total and not faults:
        pcm = ring.read(min(dice.randint(1, 4000), ring.available))
        if not np.array_equal(pcm, ramp(position, len(pcm))):
            faults.append(f"reader at {position}")
        position += len(pcm)
        if len(pcm) == 0 or dice.random() < 0.02:
            time.sleep(dice.random() * 0.01)
    done.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert position == total
    assert (ring.overruns, ring.underruns) == (0, 0)
    assert min(looked) > total // 2
