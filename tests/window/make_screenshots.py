"""Screenshots of the window in its states: a folder of PNG files, made with a scripted engine.

python tests/window/make_screenshots.py FOLDER
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.bridge import Bridge
from app.settings import Answering, Appearance, Look, Settings
from app.surroundings import STRAIGHT, CodecChoice
from app.theme import Theme
from app.window import SMALLEST, Window
from core.errors import DeviceError, ModelError
from core.events import (
    DeviceLost,
    Event,
    Failed,
    Finished,
    Heard,
    Hearing,
    Listening,
    Loading,
    Mirrored,
    ModeChanged,
    Opened,
    Ready,
    Speaking,
    Thinking,
)
from tests.app.fake_engine import RATE, FakeEngine, FakeHealth

READY = Ready(
    "telugu-dac",
    "conformer-te",
    1.2,
    speakers=("lakshmi", "ravi", "anjali", "arjun"),
    emotions=("neutral", "happy", "sad", "angry", "fearful", "surprised", "disgusted", "calm", "excited"),
    languages=("auto", "te", "en", "hi"),
)
MIRROR_ONLY = Ready("telugu-dac", None, 0.3)
OPENED = Opened("Built-in microphone", "Headphones (USB Audio)")
CODECS = (
    CodecChoice("telugu-dac", "Telugu codec, 16 kbit/s", 8),
    CodecChoice("mimi", "Mimi, 1.1 kbit/s", 8),
    CodecChoice(STRAIGHT, "", 0),
)
TALK: tuple[Event, ...] = (
    READY,
    OPENED,
    ModeChanged("hands_free"),
    Hearing(1),
    Heard(1, "నమస్తే! ఈ రోజు వాతావరణం ఎలా ఉంది?", final=True),
    Finished(
        1,
        "నమస్తే! ఈ రోజు వాతావరణం ఎలా ఉంది?",
        "నమస్తే! ఈ రోజు ఆకాశం నిర్మలంగా ఉంది, సాయంత్రం చల్లగా ఉంటుంది. బయటికి వెళ్ళడానికి మంచి రోజు.",
        132.0,
        5.2,
        False,
    ),
    Hearing(2),
    Heard(2, "Then tell me a short story, please. In English this time.", final=True),
    Finished(
        2,
        "Then tell me a short story, please. In English this time.",
        "Once, in a village by the Godavari, a boy taught his parrot a single word: పలుకు, speak. "
        "From then on the parrot",
        128.0,
        6.1,
        True,
    ),
    Hearing(3),
    Heard(3, "ఆగు. ఆ చిలుక పేరు ఏమిటి?", final=True),
    Thinking(3),
    Speaking(3, ""),
    Speaking(3, "దాని పేరు చిన్ని."),
)


@dataclass(frozen=True)
class Scene:
    """One picture: what the engine said before it, and how the window looks."""

    name: str
    events: tuple[Event, ...]
    appearance: Appearance = "light"
    size: tuple[int, int] = (980, 680)
    sounding: bool = False
    emotion: str = "happy"
    counts: FakeHealth = field(default_factory=FakeHealth)


SCENES = (
    Scene("talk-light", TALK, sounding=True),
    Scene("talk-dark", TALK, "dark", sounding=True),
    Scene("talk-small", TALK, size=SMALLEST, sounding=True),
    Scene("talk-small-dark", TALK, "dark", size=SMALLEST, sounding=True),
    Scene("talk-wide", TALK, size=(1360, 860), sounding=True),
    Scene("hearing", (*TALK[:6], Hearing(2), Heard(2, "Then tell me")), sounding=True, emotion="neutral"),
    Scene("thinking", TALK[:12]),
    Scene("loading", (Loading("models"),)),
    Scene("loading-part", (Loading("Telugu codec", 0.42),), "dark"),
    Scene("welcome", (READY, OPENED, ModeChanged("hold"), Listening()), emotion="neutral"),
    Scene("welcome-dark", (READY, OPENED, ModeChanged("hold"), Listening()), "dark", emotion="neutral"),
    Scene("no-model", (MIRROR_ONLY,)),
    Scene("no-model-small", (MIRROR_ONLY,), "dark", size=SMALLEST),
    Scene("no-microphone", (READY, Opened(None, OPENED.speaker), ModeChanged("hands_free"))),
    Scene("no-speaker", (READY, Opened(OPENED.microphone, None), ModeChanged("hands_free")), "dark"),
    Scene(
        "mirror",
        (READY, OPENED, ModeChanged("mirror"), Listening(), Mirrored(28.0, 14.0, 61.0)),
        sounding=True,
        counts=FakeHealth(2, 0, 1),
    ),
    Scene(
        "mirror-small-dark",
        (READY, OPENED, ModeChanged("mirror"), Listening(), Mirrored(28.0, 14.0, 61.0)),
        "dark",
        size=SMALLEST,
        sounding=True,
    ),
    Scene(
        "device-lost",
        (*TALK[:6], DeviceLost("microphone", "USB headset", "Plug it in again, or choose another.")),
        sounding=True,
    ),
    Scene(
        "failed",
        (
            *TALK[:6],
            Failed(
                DeviceError("The speaker is used by another program.", "Close it, or choose another one.")
            ),
        ),
        "dark",
        size=SMALLEST,
    ),
    Scene(
        "broken",
        (
            Failed(
                ModelError("The model file is cut short.", "Fetch it again on the models page."), fatal=True
            ),
        ),
    ),
)


def speech(seconds: float, pitch: float, seed: int) -> NDArray[np.float32]:
    """Something that looks like speech: syllables of harmonics under moving formants, and hiss between."""
    random = np.random.default_rng(seed)
    at = np.arange(round(seconds * RATE)) / RATE

    def moving(step: float, low: float, high: float) -> NDArray[np.float64]:
        corners = np.arange(0, seconds + step, step)
        return np.interp(at, corners, random.uniform(low, high, len(corners)))

    syllable = moving(0.09, 0.0, 1.0)
    loud = np.clip(syllable * 2.2 - 0.7, 0, 1) * (np.sin(at * 1.1 + seed) > -0.55)
    phase = 2 * np.pi * np.cumsum(pitch * moving(0.25, 0.85, 1.2)) / RATE
    first, second = moving(0.18, 350, 800), moving(0.18, 1000, 2400)
    sound = np.zeros_like(at)
    for harmonic in range(1, 36):
        hz = pitch * harmonic
        gain = np.exp(-(((hz - first) / 160) ** 2)) + 0.6 * np.exp(-(((hz - second) / 260) ** 2)) + 0.04
        sound += gain * np.sin(harmonic * phase) / harmonic**0.3
    hiss = random.normal(0, 1, len(at)) * np.clip(0.5 - syllable, 0, 1) * (random.random(len(at)) > 0.2)
    sound = 0.22 * loud * sound + 0.05 * loud * hiss + random.normal(0, 0.0006, len(at))
    return sound.astype(np.float32)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shoot(application: QApplication, theme: Theme, scene: Scene, folder: Path) -> Path:
    """Play one scene and take its picture."""
    engines: list[FakeEngine] = []

    def make_engine(on_event: Callable[[Event], None]) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[0]

    look = Look(appearance=scene.appearance, width=scene.size[0], height=scene.size[1])
    answering = Answering(speaker="lakshmi", emotion=scene.emotion, strength=0.7)
    bridge = Bridge(make_engine, Settings(look=look, answering=answering))
    window = Window(bridge, theme)
    window.show()
    bridge.start()
    bridge.codecs_listed.emit(CODECS)
    engine = engines[0]
    engine.counts = scene.counts
    for event in scene.events:
        engine.say(event)
    growth = QTimer(window, interval=20)
    if scene.sounding:
        heard, spoken = speech(20.0, 190.0, 3), speech(20.0, 118.0, 8)
        began = time.monotonic()

        def grow() -> None:
            """The sound comes as it would from a sound card."""
            now = round((15.0 + time.monotonic() - began) * RATE)
            engine.heard, engine.spoken = heard[:now], spoken[:now]

        grow()
        growth.timeout.connect(grow)
        growth.start()
    wait(1000 if scene.sounding else 150)
    bridge.codecs_listed.emit(CODECS)
    wait(100)
    growth.stop()
    picture = folder / f"{scene.name}.png"
    window.grab().save(str(picture))
    window.close()
    bridge.close()
    window.deleteLater()
    return picture


def main(folder: Path) -> None:
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme = Theme(application)
    for scene in SCENES:
        print(shoot(application, theme, scene, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
