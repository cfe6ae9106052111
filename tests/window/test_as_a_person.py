"""The whole application as a person uses it: real window, real engine, real sound on virtual devices."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from tests import tiny
from tests.hub import Hub
from tests.sound.virtual_sound import RATE, VirtualSound, demand_pulseaudio, write_speechlike
from tests.window.conftest import ROOT

pytestmark = [pytest.mark.window, pytest.mark.sound]


@pytest.fixture(scope="module")
def sound() -> Iterator[VirtualSound]:
    demand_pulseaudio()
    with VirtualSound() as sound:
        yield sound


class Sitting:
    """A scene played by a person in a child process, with us to speak and to pull plugs."""

    def __init__(self, screen: dict[str, str], sound: VirtualSound, folder: Path) -> None:
        self.sound = sound
        self.data = folder / "data"
        self.said = folder / "said.wav"
        write_speechlike(self.said, 1.2)
        tiny.make_all(folder / "models")
        shutil.rmtree(folder / "models" / tiny.DUPLEX)  # so that turns are what a talk is made of
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_"))}
        self.environment = {
            **kept,
            **screen,
            **sound.environment,
            MODELS_VARIABLE: str(folder / "models"),
            DATA_VARIABLE: str(self.data),
            "SAID": str(self.said),
            "PYTHONFAULTHANDLER": "1",
        }

    def welcomed(self) -> None:
        """The first steps lie behind."""
        self.data.mkdir(exist_ok=True)
        (self.data / "settings.toml").write_text(
            '[look]\nwelcomed = true\nlanguage = "en"\nappearance = "light"\n'
        )

    def play(self, scene: str, **deeds: Callable[[], object]) -> dict[str, Any]:
        """The report of a scene that ended well, after 0 warnings and within a second of the last key."""
        done = {"say": self.say, **{name.replace("_", " "): deed for name, deed in deeds.items()}}
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.window.person", scene],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None and child.stdin is not None
        try:
            for line in child.stdout:
                if line.startswith("{"):
                    break
                done[line.strip()]()
                child.stdin.write("done\n")
                child.stdin.flush()
            else:
                pytest.fail(f"it ended with {child.wait(20)}: {child.communicate(timeout=20)[1]}")
            report: dict[str, Any] = json.loads(line)
            _, errors = child.communicate(timeout=20)
        finally:
            child.kill()
        assert "failed" not in report, report["failed"]
        # a busy machine lets the sound card wait, and ALSA says so
        errors = "".join(line for line in errors.splitlines(True) if "underrun occurred" not in line)
        assert report["qt_warnings"] == [] and errors == "" and report["status"] == child.returncode == 0
        print(f"\n{scene}: left {report['ended'] - report['quit_at']:.2f} s after Ctrl+Q")
        return report

    def say(self) -> None:
        self.sound.play(self.said).wait()

    @property
    def settings(self) -> dict[str, Any]:
        """What the application wrote down."""
        return tomllib.loads((self.data / "settings.toml").read_text(encoding="utf-8"))


@pytest.fixture
def sitting(screen: dict[str, str], sound: VirtualSound, tmp_path: Path) -> Sitting:
    return Sitting(screen, sound, tmp_path)


def test_first_run(sitting: Sitting) -> None:
    report = sitting.play("first_run")
    assert report["said_speak"] and report["rail"]
    assert sitting.settings["look"]["welcomed"] is True


def test_a_talk_of_three_turns(sitting: Sitting) -> None:
    sitting.welcomed()
    with sitting.sound.recording() as heard:
        report = sitting.play("talk")
    turns = report["turns"]
    assert [reply for _, reply, _ in turns[:2]] == [tiny.REPLY] * 2
    assert [interrupted for *_, interrupted in turns] == [False, False, True] and report["stopped"]
    assert all(said for said, *_ in turns)
    assert sitting.settings["answering"] == {**sitting.settings["answering"], "speaker": "ravi"}
    assert sitting.settings["answering"]["emotion"] == report["mood"]
    assert len(pitches(heard.pcm)) >= 2  # each speaker answers with a tone of their own
    sound, rate = soundfile.read(sitting.data / "talk.flac")
    assert rate == tiny.RATE and len(sound) > 3 * rate and np.abs(sound).max() > 0.1
    assert tiny.REPLY in (sitting.data / "talk.md").read_text(encoding="utf-8")


def test_the_mirror_and_a_plug_that_is_pulled(sitting: Sitting) -> None:
    sitting.welcomed()
    loudness: list[float] = []

    def say_and_listen() -> None:
        with sitting.sound.recording() as heard:
            sitting.say()
        loudness.append(float(np.abs(heard.pcm).max()))

    report = sitting.play(
        "mirror",
        say_and_listen=say_and_listen,
        unplug=sitting.sound.unplug_microphone,
        plug_in=sitting.sound.plug_in_microphone,
    )
    assert report["state"] and 5 < report["told_ms"] < 1000
    assert len(loudness) == 2 and min(loudness) > 0.05  # heard before the plug was pulled, and after


def test_a_download_that_is_interrupted(sitting: Sitting, tmp_path: Path) -> None:
    sitting.welcomed()
    tiny.make_codec(tmp_path / "made" / "far-codec")
    files = {path.name: path.read_bytes() for path in (tmp_path / "made" / "far-codec").iterdir()}
    card = files["model.toml"].decode().replace('runtime = "onnx"', 'runtime = "onnx"\nhub = "some/far"')
    card = card.replace(f'id = "{tiny.CODEC}"', 'id = "far-codec"')
    folder = Path(sitting.environment[MODELS_VARIABLE]) / "far-codec"
    folder.mkdir(parents=True)
    (folder / "model.toml").write_text(card)
    with Hub({"some/far": files}) as hub:
        hub.seconds_per_piece = 0.4
        sitting.environment |= {"HF_ENDPOINT": hub.address, "HF_HUB_CACHE": str(tmp_path / "cache")}
        report = sitting.play("download")
    assert report["rests"]
    assert any(asked and asked != "bytes=0-" for asked in hub.ranges)  # it went on where it had stopped
    assert (sitting.data / "models" / "far-codec" / "encoder.onnx").read_bytes() == files["encoder.onnx"]


def test_looks_languages_and_turns_that_are_not_spoken(sitting: Sitting) -> None:
    sitting.welcomed()
    report = sitting.play("looks")
    assert report["replies"] == [tiny.REPLY]
    assert sitting.settings["look"]["appearance"] == "dark" and sitting.settings["look"]["language"] == "te"


def pitches(pcm: np.ndarray) -> set[int]:
    """The tones that were played, to the nearest 20 Hz, wherever half a second had one that stands out."""
    size = RATE // 2
    found = set()
    for piece in (pcm[at : at + size] for at in range(0, len(pcm) - size, size // 2)):
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(size)))
        if np.abs(piece).max() > 0.02 and spectrum.max() > 30 * np.median(spectrum[: 4000 * size // RATE]):
            found.add(round(int(spectrum.argmax()) * RATE / size / 20) * 20)
    return found
