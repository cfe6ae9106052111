"""On a real sound card whose microphone hears its speaker: a long reply is neither stopped nor answered.

PALUKU_ECHO_MINUTES=10 makes it as long as one wishes.
"""

from __future__ import annotations

import os
import time

import numpy as np
import pytest

from core.audio.base import AudioFormat, Pcm
from core.audio.devices import device_name
from core.audio.echo import EchoConfig
from core.audio.endpoint import Endpointer
from core.audio.microphone import Microphone
from core.audio.speaker import Speaker
from core.events import DeviceKind, Ducked, Event, Finished, Hearing
from core.line import Line
from core.s2s.base import Voice
from core.talks.turns import TurnTalk
from core.workbench.echo.narrator import Narration, Narrator
from core.workbench.echo.voices import synthetic_voices
from core.workbench.spoken import can_speak
from tests.sound.virtual_sound import VirtualSound, demand, starvation

pytestmark = pytest.mark.sound

FORMAT = AudioFormat(16_000, 320)
SECONDS = 60 * float(os.environ.get("PALUKU_ECHO_MINUTES", "0.3"))


class Card:
    """The sound card, as the line wants it."""

    def microphone(self, format: AudioFormat, name: str | None) -> Microphone:
        return Microphone(format, name)

    def speaker(self, format: AudioFormat, name: str | None) -> Speaker:
        return Speaker(format, name)

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return device_name(kind, name)

    def changed(self) -> bool:
        return False


def _hold(narration: Pcm, echo: EchoConfig | None, seconds: float) -> tuple[list[Event], float]:
    """A talk that begins with the narration; what happened, and how loud the microphone was at last."""
    events: list[Event] = []
    read = Narration(narration, FORMAT)
    line = Line(Card(), FORMAT, None, None, events.append, echo=echo)
    talk = TurnTalk(
        read,
        Narrator(read),
        Endpointer(FORMAT.sample_rate),
        Voice("narrator"),
        emit=events.append,
        keep=lambda turn: None,
        seed=1,
        ears=line,
    )
    talk.set_barge_in(echo is not None)  # without a canceller its own echo would stop it
    heard: list[Pcm] = []
    with line:
        talk.hold(True)
        talk.hear(np.zeros(FORMAT.frame_size, np.float32))
        talk.hold(False)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            frame = line.read()
            if len(frame):
                heard.append(frame)
                talk.hear(frame)
            talk.speak(line)
    settled = np.concatenate(heard)[4 * FORMAT.sample_rate : -3 * FORMAT.sample_rate]
    return events, float(np.sqrt(np.mean(np.square(settled))))


def test_a_reply_on_the_loudspeaker_is_not_answered(virtual_sound: VirtualSound) -> None:
    if not can_speak():
        pytest.skip("espeak-ng is not installed")
    told = synthetic_voices(FORMAT.sample_rate).narration
    count = round((SECONDS - 5) * FORMAT.sample_rate)
    narration = np.take(told, range(count), mode="wrap")
    with virtual_sound.echo(delay_ms=60, loudness=0.5), starvation() as starved:
        _, raw = _hold(narration[: 8 * FORMAT.sample_rate], None, 10.0)
        events, left = _hold(narration, EchoConfig(), SECONDS)
    turns = [event for event in events if isinstance(event, Hearing)]
    stops = [event for event in events if isinstance(event, Ducked) and event.how == "stopped"]
    print(f"\necho {20 * np.log10(raw):.0f} dB, left {20 * np.log10(left):.0f} dB; {len(stops)} stops")
    assert raw > 0.005, "the echo is not there"
    demand(len(turns) == 1 and not stops, f"{len(turns) - 1} turns of its own, {len(stops)} stops", starved)
    demand(left < raw / 10, f"{20 * np.log10(raw / left):.0f} dB of the echo are gone", starved)
    demand(any(isinstance(event, Finished) for event in events), "the reply did not end", starved)
