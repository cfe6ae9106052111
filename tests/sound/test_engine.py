"""The whole engine on a real sound card: mirror, a turn, a device pulled out in mid-talk."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from core.engine import Engine, desktop_engine
from core.events import DeviceBack, DeviceLost, Event, Failed, Finished, Hearing, Mirrored, ModeChanged, Ready
from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from core.history import History
from tests import tiny
from tests.sound.virtual_sound import VirtualSound, demand, find_delay, starvation, write_speechlike

pytestmark = pytest.mark.sound
E = TypeVar("E")


class Ears:
    """Waits for what the engine says."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.hear = self._events.put

    def wait(self, kind: type[E], timeout: float = 10.0) -> E:
        until = time.monotonic() + timeout
        while True:
            event = self._events.get(timeout=max(0.01, until - time.monotonic()))
            if isinstance(event, Failed):
                raise AssertionError(str(event.error))
            if isinstance(event, kind):
                return event


@pytest.fixture(autouse=True)
def tiny_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tiny.make_all(tmp_path / "models")))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@contextmanager
def running(**wishes: str | None) -> Iterator[tuple[Engine, Ears]]:
    ears = Ears()
    engine = desktop_engine(ears.hear, **wishes)
    engine.start()
    ears.wait(Ready)
    try:
        yield engine, ears
    finally:
        assert engine.close(timeout=3)


@pytest.mark.parametrize("codec", ["straight", tiny.CODEC])
def test_the_mirror_plays_back_what_is_said(virtual_sound: VirtualSound, tmp_path: Path, codec: str) -> None:
    said = write_speechlike(tmp_path / "said.wav", 4.0)
    with running(codec=codec) as (engine, ears):
        engine.set_mode("mirror")
        ears.wait(ModeChanged)
        time.sleep(0.5)
        with (
            starvation() as starved,
            virtual_sound.recording() as heard,
            virtual_sound.recording_of_microphone() as fed,
        ):
            virtual_sound.play(tmp_path / "said.wav").wait()
            time.sleep(0.5)
        told = ears.wait(Mirrored)
        health = engine.health()
    (into, _), (out, alike) = find_delay(said, fed.pcm), find_delay(said, heard.pcm)
    delay = 1000 * (out + heard.began - into - fed.began)
    print(f"\n{codec}: correlation {alike:.3f}, mouth to ear {delay:.0f} ms, told {told.total_ms:.0f} ms")
    faults = (health.overruns, health.underruns, health.late_frames)
    demand(alike > 0.9, f"correlation {alike:.3f}", starved)
    demand(30 < delay < 300, f"{delay:.0f} ms from mouth to ear", starved)
    demand(abs(told.total_ms - delay) < 60, f"told {told.total_ms:.0f} ms, measured {delay:.0f}", starved)
    demand(faults == (0, 0, 0), f"overruns, underruns, late frames: {faults}", starved)


def test_a_turn_is_spoken_and_kept(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    write_speechlike(tmp_path / "said.wav", 1.5)
    with running(model=tiny.TURN) as (engine, ears):
        engine.set_mode("hold")
        ears.wait(ModeChanged)
        with virtual_sound.recording() as heard:
            engine.hold(True)
            ears.wait(Hearing)
            virtual_sound.play(tmp_path / "said.wav").wait()
            engine.hold(False)
            done = ears.wait(Finished)
            time.sleep(0.4)
    assert done.reply == tiny.REPLY
    assert done.heard
    assert np.abs(heard.pcm).max() > 0.05
    (row,) = History(tmp_path / "data").conversations()
    assert row.turns == 1


def test_a_microphone_pulled_out_comes_back(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    said = write_speechlike(tmp_path / "said.wav", 2.0)
    with running(codec="straight") as (engine, ears):
        engine.use_devices("Virtual microphone", "Virtual speaker")
        engine.set_mode("mirror")
        ears.wait(Mirrored)
        virtual_sound.unplug_microphone()
        started = time.monotonic()
        lost = ears.wait(DeviceLost)
        noticed = time.monotonic() - started
        assert lost.kind == "microphone"
        assert lost.hint
        virtual_sound.plug_in_microphone()
        started = time.monotonic()
        back = ears.wait(DeviceBack)
        returned = time.monotonic() - started
        time.sleep(1.0)
        with starvation() as starved, virtual_sound.recording() as heard:
            virtual_sound.play(tmp_path / "said.wav").wait()
            time.sleep(0.5)
    print(f"\nnoticed after {noticed:.1f} s, back {returned:.1f} s after it was plugged in, as {back.name}")
    alike = find_delay(said, heard.pcm)[1]
    demand(max(noticed, returned) < 2.5, f"noticed {noticed:.1f} s, returned {returned:.1f} s", starved)
    demand(alike > 0.9, f"correlation {alike:.3f}", starved)


def test_a_speaker_pulled_out_comes_back(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    said = write_speechlike(tmp_path / "said.wav", 2.0)
    with running(codec="straight") as (engine, ears):
        engine.set_mode("mirror")
        ears.wait(Mirrored)
        virtual_sound.unplug_speaker()
        assert ears.wait(DeviceLost).kind == "speaker"
        virtual_sound.plug_in_speaker()
        assert ears.wait(DeviceBack).kind == "speaker"
        time.sleep(1.0)
        with starvation() as starved, virtual_sound.recording() as heard:
            virtual_sound.play(tmp_path / "said.wav").wait()
            time.sleep(0.5)
    alike = find_delay(said, heard.pcm)[1]
    demand(alike > 0.9, f"correlation {alike:.3f}", starved)
