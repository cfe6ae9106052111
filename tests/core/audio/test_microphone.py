"""The microphone gives frames of the wanted size and rate, and says when its device is gone."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.audio import microphone as microphone_module
from core.audio.base import AudioFormat
from core.audio.devices import Device
from core.audio.microphone import Microphone
from core.errors import DeviceError


class FakeInput:
    """A device that hears what the test gives it."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.latency_seconds = 0.01
        self.alive = True
        self.overruns = 0
        self.closed = False
        self._heard = np.zeros(0, np.float32)

    def hear(self, pcm: np.ndarray) -> None:
        self._heard = np.concatenate((self._heard, pcm.astype(np.float32)))

    def waiting(self) -> int:
        return len(self._heard)

    def drain(self) -> np.ndarray:
        heard, self._heard = self._heard, np.zeros(0, np.float32)
        return heard

    def close(self) -> None:
        self.closed = True


def device(name: str | None) -> Device:
    return Device(name or "default", "microphone", "fake", 0, 48_000, 1)


def open_microphone(stream: FakeInput, rate: int = 16_000, frame: int = 320) -> Microphone:
    return Microphone(AudioFormat(rate, frame), find=device, open_input=lambda *_: stream)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_frames_at_the_wanted_rate(rate: int) -> None:
    stream = FakeInput(rate)
    tone = np.sin(2 * np.pi * 300 * np.arange(rate) / rate)
    frames = []
    with open_microphone(stream) as microphone:
        for piece in np.array_split(tone, 37):
            stream.hear(piece)
            while len(frame := microphone.read()) > 0:
                frames.append(frame)
        seen, position = microphone.peek(0)
    got = np.concatenate(frames)
    assert len(got) % 320 == 0
    assert len(got) > 15_000
    expected = np.sin(2 * np.pi * 300 * np.arange(16_000) / 16_000)
    np.testing.assert_allclose(got[100:], expected[100 : len(got)], atol=1e-3)
    assert position >= len(got)
    np.testing.assert_array_equal(seen[: len(got)], got)
    assert stream.closed


def test_reading_waits_one_frame_at_most() -> None:
    with open_microphone(FakeInput(16_000), frame=1280) as microphone:
        started = time.perf_counter()
        assert len(microphone.read()) == 0
        assert 0.07 < time.perf_counter() - started < 0.15


def test_a_frame_that_is_there_is_given_at_once() -> None:
    stream = FakeInput(16_000)
    with open_microphone(stream) as microphone:
        stream.hear(np.ones(640))
        started = time.perf_counter()
        assert len(microphone.read()) == 320
        assert len(microphone.read()) == 320
        assert time.perf_counter() - started < 0.01


def test_latency_is_the_device_the_filter_and_what_waits() -> None:
    stream = FakeInput(48_000)
    with open_microphone(stream) as microphone:
        stream.hear(np.zeros(4_800))
        assert microphone.latency_seconds == pytest.approx(0.01 + 0.1 + 0.0027, abs=0.001)
        microphone.read()
        assert microphone.latency_seconds == pytest.approx(0.01 + 0.1 - 0.02, abs=0.002)


def test_a_device_without_sound_is_gone_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(microphone_module.time, "monotonic", lambda: now)

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(microphone_module.time, "sleep", sleep)
    stream = FakeInput(16_000)
    with open_microphone(stream) as microphone:
        stream.hear(np.zeros(320))
        assert len(microphone.read()) == 320
        heard_at = now
        with pytest.raises(DeviceError, match="“default” gives no sound") as caught:
            while True:
                assert len(microphone.read()) == 0
        assert now - heard_at == pytest.approx(1.0, abs=0.1)
        assert caught.value.hint


def test_a_device_that_died_is_gone_at_once_but_gives_what_it_heard() -> None:
    stream = FakeInput(16_000)
    with open_microphone(stream) as microphone:
        stream.hear(np.zeros(320))
        stream.alive = False
        assert len(microphone.read()) == 320
        with pytest.raises(DeviceError):
            microphone.read()


def test_overruns_count_from_the_first_sound() -> None:
    stream = FakeInput(16_000)
    with open_microphone(stream) as microphone:
        stream.overruns = 3
        stream.hear(np.zeros(320))
        microphone.read()
        assert microphone.overruns == 0
        stream.overruns = 4
        assert microphone.overruns == 1
    assert microphone.overruns == 1


def test_a_closed_microphone_says_so() -> None:
    with pytest.raises(DeviceError, match="not open"):
        Microphone(AudioFormat(16_000, 320)).read()
