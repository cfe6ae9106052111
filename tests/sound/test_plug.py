"""Devices come and go under a running stream."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from core.audio.base import AudioFormat
from core.audio.devices import DeviceWatch, choose, list_devices
from core.audio.microphone import Microphone
from core.audio.speaker import Speaker
from core.errors import DeviceError
from tests.sound.virtual_sound import MICROPHONE_NAME, SPEAKER_NAME, VirtualSound

pytestmark = pytest.mark.sound

FORMAT = AudioFormat(24_000, 1920)


def seconds_until_gone(act: Callable[[], object]) -> float:
    """How long it takes until `act` raises."""
    started = time.monotonic()
    with pytest.raises(DeviceError) as caught:
        while time.monotonic() - started < 5:
            act()
    assert caught.value.hint
    print(f"\n{caught.value}")
    return time.monotonic() - started


def test_devices_have_the_names_that_people_know(virtual_sound: VirtualSound) -> None:
    names = {(device.kind, device.name) for device in list_devices()}
    assert ("microphone", MICROPHONE_NAME) in names
    assert ("speaker", SPEAKER_NAME) in names
    assert not any("Monitor" in name for _, name in names)
    assert choose(list_devices(), "microphone").name == MICROPHONE_NAME
    assert choose(list_devices(), "speaker").name == SPEAKER_NAME


def test_a_device_is_opened_by_its_name(virtual_sound: VirtualSound) -> None:
    """The default speaker is another one: what is heard there tells where the sound went."""
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(1920) / 24_000)).astype(np.float32)
    other = next(d.name for d in list_devices() if d.kind == "speaker" and d.name != SPEAKER_NAME)
    for name, is_heard in ((SPEAKER_NAME, True), (other, False)):
        with virtual_sound.recording() as recording, Speaker(FORMAT, name) as speaker:
            assert speaker.name == name
            end = time.monotonic() + 0.6
            while time.monotonic() < end:
                if speaker.has_room():
                    speaker.write(tone)
                time.sleep(0.01)
        assert bool(np.abs(recording.pcm).max() > 0.1) is is_heard


def test_an_unplugged_microphone_is_noticed_and_comes_back(virtual_sound: VirtualSound) -> None:
    with Microphone(FORMAT, MICROPHONE_NAME) as microphone:
        assert microphone.name == MICROPHONE_NAME
        for _ in range(10):
            microphone.read()
        virtual_sound.unplug_microphone()
        waited = seconds_until_gone(microphone.read)
        closing = time.monotonic()
    print(f"noticed after {waited:.2f} s, closed in {time.monotonic() - closing:.3f} s")
    assert waited < 2
    assert time.monotonic() - closing < 0.5
    assert MICROPHONE_NAME not in {device.name for device in list_devices()}
    virtual_sound.plug_in_microphone()
    with Microphone(FORMAT, MICROPHONE_NAME) as microphone:
        assert microphone.name == MICROPHONE_NAME
        assert sum(len(microphone.read()) for _ in range(20)) > 5 * 1920


def test_an_unplugged_speaker_is_noticed_and_comes_back(virtual_sound: VirtualSound) -> None:
    silence = np.zeros(1920, np.float32)

    def play(speaker: Speaker) -> None:
        if speaker.has_room():
            speaker.write(silence)
        time.sleep(0.02)

    with Speaker(FORMAT, SPEAKER_NAME) as speaker:
        for _ in range(30):
            play(speaker)
        virtual_sound.unplug_speaker()
        waited = seconds_until_gone(lambda: play(speaker))
    print(f"noticed after {waited:.2f} s")
    assert waited < 2
    virtual_sound.plug_in_speaker()
    with Speaker(FORMAT, SPEAKER_NAME) as speaker:
        assert speaker.name == SPEAKER_NAME
        for _ in range(100):
            play(speaker)


def test_the_watch_sees_both_within_two_seconds(virtual_sound: VirtualSound) -> None:
    watch = DeviceWatch()
    settle = time.monotonic() + 2.5
    while time.monotonic() < settle:
        watch.poll()
        time.sleep(0.05)
    cost = time.perf_counter()
    for _ in range(100):
        assert not watch.poll()
    print(f"\na look costs {(time.perf_counter() - cost) * 1e4:.0f} us")
    for change in (virtual_sound.unplug_microphone, virtual_sound.plug_in_microphone):
        change()
        changed_at = time.monotonic()
        while not watch.poll():
            assert time.monotonic() - changed_at < 2
            time.sleep(0.01)
        print(f"{change.__name__}: seen after {(time.monotonic() - changed_at) * 1e3:.0f} ms")
