"""The whole application as a person uses it: real window, real engine, real sound on virtual devices."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.folders import MODELS_VARIABLE
from tests import tiny
from tests.hub import Hub
from tests.sound.virtual_sound import RATE, VirtualSound
from tests.window.sitting import Sitting

pytestmark = [pytest.mark.window, pytest.mark.sound]


@pytest.fixture
def sitting(screen: dict[str, str], sound: VirtualSound, tmp_path: Path) -> Sitting:
    tiny.make_all(tmp_path / "models")
    shutil.rmtree(tmp_path / "models" / tiny.DUPLEX)  # so that turns are what a talk is made of
    return Sitting(screen, sound, tmp_path, tmp_path / "models")


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
