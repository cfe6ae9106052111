"""A speaker that is changed in mid-reply is another way of the echo: it is learned, and nothing stops."""

from __future__ import annotations

import numpy as np

from core.audio.base import AudioFormat
from core.audio.echo import EchoConfig
from core.events import DeviceKind, Event
from core.line import Line
from core.workbench.echo.room import shoebox
from core.workbench.echo.scene import Scene, SceneSpeaker, Stage
from tests.core.audio.test_ear import decibel, voice

FORMAT = AudioFormat(16_000, 320)
RATE = FORMAT.sample_rate


class Devices:
    """Two speakers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.opened: list[str] = []

    def microphone(self, format: AudioFormat, name: str | None) -> object:
        return self.scene.microphone

    def speaker(self, format: AudioFormat, name: str | None) -> SceneSpeaker:
        speaker = SceneSpeaker(self.scene)
        speaker.name = name or "scene"
        self.opened.append(speaker.name)
        return speaker

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return name or "scene"

    def changed(self) -> bool:
        return False


def test_the_speaker_is_changed_in_mid_reply() -> None:
    room = shoebox(RATE, 0.2, 0.5, np.random.default_rng(1))
    scene = Scene(FORMAT, Stage(room, delay=0.08, jump_at=3.5), 8.5)
    devices, events = Devices(scene), list[Event]()
    narration, at = voice(9, 120, 1), 0
    heard, raw, evidence = [], [], []
    line = Line(devices, FORMAT, None, None, events.append, echo=EchoConfig())  # type: ignore[arg-type]
    with line:
        while not line.exhausted:
            if scene.seconds >= 3.5 and len(devices.opened) == 1:
                line.wish(None, "other")
            frame = line.read()
            if len(frame):
                heard.append(frame)
                raw.append(scene.echo_heard[-1])
                near = line.near_end
                assert near is not None
                evidence.append(near.seconds)
            while line.has_room() and at + 320 <= len(narration):
                line.write(narration[at : at + 320])
                at += 320
    assert devices.opened == ["scene", "other"]
    assert max(evidence) < 0.13
    settled = round(6.5 * RATE)
    assert decibel(np.concatenate(raw)[settled:], np.concatenate(heard)[settled:]) > 20
