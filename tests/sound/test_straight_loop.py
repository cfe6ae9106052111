"""Real sound through a real PortAudio: from the virtual microphone to the virtual speaker."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from core.audio.base import AudioFormat
from core.audio.microphone import Microphone
from core.audio.speaker import Speaker
from tests.sound.virtual_sound import RATE, VirtualSound, demand, find_delay, starvation, write_speechlike

pytestmark = pytest.mark.sound


def pass_through(microphone: Microphone, speaker: Speaker, seconds: float) -> int:
    """What is heard is played. Returns the frames left out because the speaker had no room."""
    left_out, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        frame = microphone.read()
        if frame is None or len(frame) == 0:
            continue
        if speaker.has_room():
            speaker.write(frame)
        else:
            left_out += 1
    return left_out


@pytest.mark.parametrize(("rate", "frame"), [(24_000, 480), (24_000, 1920), (16_000, 1280), (48_000, 960)])
def test_what_is_said_is_heard(virtual_sound: VirtualSound, tmp_path: Path, rate: int, frame: int) -> None:
    said = write_speechlike(tmp_path / "said.wav", 4.0)
    format = AudioFormat(rate, frame)
    with (
        starvation() as starved,
        virtual_sound.recording() as recording,
        Microphone(format) as microphone,
        Speaker(format) as speaker,
    ):
        assert (microphone.name, speaker.name) == ("Virtual microphone", "Virtual speaker")
        pass_through(microphone, speaker, 0.5)
        saying = virtual_sound.play(tmp_path / "said.wav")
        left_out = pass_through(microphone, speaker, 5.5)
        saying.wait()
        computed = (
            microphone.latency_seconds + frame / rate + speaker.pending() / rate + speaker.latency_seconds
        )
        faults = (microphone.overruns, speaker.underruns, speaker.overruns, left_out)
    _, alike = find_delay(said, recording.pcm)
    print(f"\n{rate} Hz, {frame} a frame: correlation {alike:.4f}, {computed * 1e3:.0f} ms by the counters")
    demand(not any(faults) and alike > 0.9, f"faults {faults}, correlation {alike:.3f}", starved)


def test_the_delay_from_mouth_to_ear(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    """What goes into the microphone and what comes out of the speaker, on one clock."""
    said = write_speechlike(tmp_path / "said.wav", 3.0)
    format = AudioFormat(24_000, 480)
    with (
        starvation() as starved,
        Microphone(format) as microphone,
        Speaker(format) as speaker,
        virtual_sound.recording() as heard,
        virtual_sound.recording_of_microphone() as fed,
    ):
        pass_through(microphone, speaker, 0.5)
        saying = virtual_sound.play(tmp_path / "said.wav")
        pass_through(microphone, speaker, 4.0)
        saying.wait()
    (into, alike_in), (out, alike_out) = find_delay(said, fed.pcm), find_delay(said, heard.pcm)
    delay = out + heard.began - into - fed.began
    print(f"\nmouth to ear, 20 ms frames: {delay * 1e3:.0f} ms")
    demand(min(alike_in, alike_out) > 0.9, f"correlations {alike_in:.3f} and {alike_out:.3f}", starved)
    demand(0.05 < delay < 0.2, f"{delay:.3f} s", starved)


def test_no_gap_while_another_thread_computes(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    said = write_speechlike(tmp_path / "said.wav", 8.0)
    format = AudioFormat(24_000, 1920)
    done = threading.Event()

    def compute() -> None:
        while not done.is_set():
            sum(number * number for number in range(20_000))

    busy = threading.Thread(target=compute)
    with (
        starvation() as starved,
        virtual_sound.recording() as recording,
        Microphone(format) as microphone,
        Speaker(format) as speaker,
    ):
        pass_through(microphone, speaker, 0.5)
        busy.start()
        saying = virtual_sound.play(tmp_path / "said.wav")
        left_out = pass_through(microphone, speaker, 9.5)
        saying.wait()
        done.set()
        busy.join()
        faults = (microphone.overruns, speaker.underruns, left_out)
    _, alike = find_delay(said, recording.pcm)
    print(f"\nbusy: correlation {alike:.4f}")
    demand(not any(faults) and alike > 0.9, f"faults {faults}, correlation {alike:.3f}", starved)


def test_dropping_is_soon_silent(virtual_sound: VirtualSound) -> None:
    format = AudioFormat(24_000, 1920)
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(1920) / 24_000)).astype(np.float32)
    with starvation() as starved, virtual_sound.recording() as recording, Speaker(format) as speaker:
        end = time.monotonic() + 1.0
        while time.monotonic() < end:
            if speaker.has_room():
                speaker.write(tone)
            time.sleep(0.005)
        left = speaker.pending() / 24_000
        dropped_at = time.monotonic()
        speaker.drop()
        time.sleep(0.3)
    last = np.flatnonzero(np.abs(recording.pcm) > 0.02)[-1]
    still = recording.began + last / RATE - dropped_at
    print(f"\ndropped with {left * 1e3:.0f} ms queued: {still * 1e3:.0f} ms still sounded")
    demand(left > 0.06, f"only {left:.3f} s were queued", starved)
    demand(still < 0.05, f"{still:.3f} s still sounded", starved)
