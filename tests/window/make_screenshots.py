"""Screenshots of the window in its states: a folder of PNG files, made with a scripted engine.

python tests/window/make_screenshots.py FOLDER [PART OF A NAME...]
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.bridge import Bridge
from app.doors import Doors
from app.languages import Languages
from app.settings import Answering, Appearance, Look, Place, Settings
from app.surroundings import STRAIGHT, CodecChoice, DeviceNames
from app.sweeper import Sweeper
from app.theme import Theme
from app.window import SMALLEST, Window
from core.errors import DeviceError, ModelError, NetworkError
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
from tests.window import prepared
from tests.window.prepared import speech, wait

READY = Ready(
    "paluku-voice",
    "paluku-talk",
    1.2,
    speakers=("lakshmi", "ravi", "anjali", "arjun"),
    emotions=("neutral", "happy", "sad", "angry", "fearful", "surprised", "disgusted", "calm", "excited"),
    languages=("auto", "te", "en", "hi"),
)
MIRROR_ONLY = Ready("paluku-voice", None, 0.3)
OPENED = Opened("Built-in microphone", "Headphones (USB Audio)")
CODECS = (
    CodecChoice("paluku-voice", "Paluku voice", 8, (2048, *[1024] * 7)),
    CodecChoice("mimi", "Mimi (Kyutai)", 8, (2048,) * 8),
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

READY_TO_TALK = (READY, OPENED, ModeChanged("hold"), Listening())
DEVICES = DeviceNames(("Built-in microphone", "USB headset"), ("Headphones (USB Audio)", "HDMI"))


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
    page: str = "talk"
    language: str = "en"
    step: int = 0
    prepare: Callable[[Window], QWidget | None] | None = None
    """Fills the page; what it returns is taken a picture of instead of the window."""


BUSY = FakeHealth(
    frames=9210,
    step_ms_median=3.1,
    step_ms_p95=5.8,
    capture_ms=31.0,
    encode_ms=0.9,
    model_ms=1.4,
    decode_ms=0.8,
    device_ms=22.0,
    codes_used=(212, 388, 401, 395, 380, 377, 366, 352),
    codes_seen=500,
)
PAGES = (
    Scene("history", READY_TO_TALK, page="history", prepare=prepared.show_history),
    Scene("history-empty", READY_TO_TALK, page="history"),
    Scene("history-nothing", READY_TO_TALK, page="history", prepare=prepared.show_nothing_found),
    Scene("history-enhanced", READY_TO_TALK, page="history", prepare=prepared.show_enhanced),
    Scene("history-rename", READY_TO_TALK, page="history", prepare=prepared.rename),
    Scene("history-delete", READY_TO_TALK, page="history", prepare=prepared.delete),
    Scene("workbench-empty", READY_TO_TALK, page="workbench", prepare=prepared.show_candidates),
    Scene("workbench-diagnosis", READY_TO_TALK, page="workbench", prepare=prepared.show_diagnosis),
    Scene("workbench-working", READY_TO_TALK, page="workbench", prepare=prepared.show_work),
    Scene("workbench-tests", READY_TO_TALK, page="workbench", prepare=prepared.show_tests),
    Scene("workbench-abx", READY_TO_TALK, page="workbench", prepare=prepared.show_abx),
    Scene("workbench-rating", READY_TO_TALK, page="workbench", prepare=prepared.show_rating),
    Scene("dialog-keys", READY_TO_TALK, prepare=prepared.show_keys),
    Scene("dialog-crash", READY_TO_TALK, prepare=prepared.crash),
    Scene("menu-export", READY_TO_TALK, page="history", prepare=prepared.open_export),
    Scene("menu-import", READY_TO_TALK, page="models", prepare=prepared.open_import),
    Scene("menu-picture", TALK, prepare=prepared.open_picture_tools),
    Scene("models", READY_TO_TALK, page="models", prepare=prepared.show_models),
    Scene(
        "models-trouble",
        (
            *READY_TO_TALK,
            Failed(NetworkError("kyutai/mimi was refused by the hub (503).", "Try again later.")),
        ),
        page="models",
        prepare=prepared.show_models,
    ),
    Scene("diagnostics", READY_TO_TALK, page="diagnostics", counts=BUSY, prepare=prepared.show_diagnostics),
    Scene("settings", READY_TO_TALK, page="settings", prepare=prepared.show_echo),
    Scene("settings-end", READY_TO_TALK, page="settings", prepare=prepared.scroll_down),
    Scene("welcome-1", READY_TO_TALK, page="welcome"),
    Scene("welcome-2", READY_TO_TALK, page="welcome", step=1),
    Scene("welcome-3", READY_TO_TALK, page="welcome", step=2),
    Scene("page-talk", TALK, sounding=True),
)
LOOKS = (
    ("", "light", (980, 680), "en"),
    ("-dark", "dark", (980, 680), "en"),
    ("-small", "light", SMALLEST, "en"),
    ("-te", "light", (980, 680), "te"),
    ("-te-small-dark", "dark", SMALLEST, "te"),
    ("-hi", "dark", (980, 680), "hi"),
    ("-hi-small", "light", SMALLEST, "hi"),
)
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
        counts=replace(BUSY, late_frames=2, underruns=1),
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
    *(
        replace(scene, name=f"{scene.name}{suffix}", appearance=appearance, size=size, language=language)
        for scene in PAGES
        for suffix, appearance, size, language in LOOKS
    ),
)


def shoot(theme: Theme, languages: Languages, scene: Scene, folder: Path) -> Path:
    """Play one scene and take its picture."""
    engines: list[FakeEngine] = []

    def make_engine(on_event: Callable[[Event], None]) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[0]

    look = Look(appearance=scene.appearance, welcomed=scene.page != "welcome")
    place = Place(*scene.size, page=scene.page)
    answering = Answering(speaker="lakshmi", emotion=scene.emotion, strength=0.7)
    bridge = Bridge(make_engine, Settings(look=look, place=place, answering=answering))
    languages.choose(scene.language)  # type: ignore[arg-type]
    window = Window(Doors(bridge), theme, scene.language, step=scene.step)
    window.show()
    bridge.start()
    bridge.surroundings.codecs_listed.emit(CODECS)
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
    bridge.surroundings.codecs_listed.emit(CODECS)
    bridge.surroundings.devices_listed.emit(DEVICES)
    bridge.gaze.health_changed.emit(scene.counts)
    shown = (scene.prepare(window) if scene.prepare else None) or window
    wait(400)  # lists settle once they have their rows
    growth.stop()
    picture = folder / f"{scene.name}.png"
    shown.grab().save(str(picture))
    if shown is not window:
        shown.close()
    window.close()
    bridge.close()
    window.deleteLater()
    return picture


def main(folder: Path, parts: Sequence[str]) -> None:
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme, languages = Theme(application), Languages(application)
    sweeper = Sweeper(application)
    sweeper.start()  # as in the program: no other thread may destroy what belongs to the window's
    for scene in SCENES:
        if all(part in scene.name for part in parts):
            print(shoot(theme, languages, scene, folder), flush=True)
    sweeper.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
