"""A folder of people's recordings: its list, its mistakes, and what a speech model understands of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.cards import Registry
from core.commands.main import main
from core.domain.book import Domain
from core.errors import PalukuError
from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from core.loading import open_registry
from core.training.corpus.espeak import Espeak
from core.workbench.quality.talk.recorded import Heard, figures, recorded_quality
from core.workbench.quality.talk.recordings import RecordingsError, read_recordings
from core.workbench.quality.talk.report import open_pair, speech_card
from tests import tiny
from tests.tiny_companion import COMPANION, HEARD, make_companion

HEAD = "file,language,text,intent,group"
needs_espeak = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the sentence")


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load()


def folder_with(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    """A folder with a list; the tiny companion hears its first turn in `time.wav`, none in `still.wav`."""
    folder.mkdir(parents=True, exist_ok=True)
    loud = 0.5 * np.sin(np.arange(44_100 * 3 // 10) * 2 * np.pi * 500 / 44_100)  # 15 loud frames
    soundfile.write(folder / "time.wav", np.stack([loud, loud], axis=1), 44_100)
    soundfile.write(folder / "still.wav", np.zeros(8_000), 16_000)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def ours(tmp_path: Path, tiny_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny companion is a model of this machine."""
    monkeypatch.setenv(MODELS_VARIABLE, str(tiny_models))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    make_companion(tmp_path / "data" / "models" / COMPANION)


def test_a_list_is_read_in_its_order(tmp_path: Path, domain: Domain) -> None:
    lines = ["still.wav,en,,unknown,a room", "time.wav,TE,సమయం ఎంత,,"]
    for name, head, mark in (("list.csv", HEAD, ","), ("list.tsv", HEAD.replace(",", "\t"), "\t")):
        rows = [line.replace(",", mark) for line in lines]
        found = read_recordings(folder_with(tmp_path / name, "\ufeff" + head, *rows, name=name), domain)
        assert [one.file for one in found] == ["still.wav", "time.wav"]
        assert [one.language for one in found] == ["en", "te"]
        assert (found[0].text, found[0].intent, found[0].group) == ("", "unknown", "a room")
        assert (found[1].text, found[1].intent, found[1].group) == ("సమయం ఎంత", "", "")


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([], "no column “file”"),
        (["file,text", "time.wav,hello"], "no column “language”"),
        ([HEAD], "names no recording"),
        ([HEAD, ",en,hello,,"], "line 2: no file"),
        ([HEAD, "time.wav,en,hello,,", "gone.wav,en,hello,,"], "line 3: there is no file gone.wav"),
        ([HEAD, "time.wav,hi,नमस्ते,,"], "the language “hi”"),
        ([HEAD, "time.wav,en,hello,tine,"], "no intent “tine”"),
        ([HEAD, "time.wav,en,,,"], "neither a text nor an intent"),
        ([HEAD, "time.wav"], "the language “”"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(
    lines: list[str], what: str, tmp_path: Path, domain: Domain
) -> None:
    with pytest.raises(RecordingsError, match=what) as found:
        read_recordings(folder_with(tmp_path / "voice", *lines), domain)
    assert found.value.hint


def test_a_folder_needs_a_list(tmp_path: Path, domain: Domain) -> None:
    with pytest.raises(RecordingsError, match="no folder"):
        read_recordings(tmp_path / "nowhere", domain)
    with pytest.raises(RecordingsError, match="no list") as found:
        read_recordings(tmp_path, domain)
    assert "file,language,text" in found.value.hint
    (tmp_path / "list.csv").write_bytes(b"file,language,text\ntime.wav,te,\xb8\xae\n")
    with pytest.raises(RecordingsError, match="UTF-8"):
        read_recordings(tmp_path, domain)


def test_an_unknown_intent_is_met_with_near_ones(tmp_path: Path, domain: Domain) -> None:
    with pytest.raises(RecordingsError) as found:
        read_recordings(folder_with(tmp_path, HEAD, "time.wav,en,hello,tine,"), domain)
    assert "time" in found.value.hint and "unknown" in found.value.hint


def heard(text: str, words: str, intent: str, understood: str, guess: str, wrong: int = 0) -> Heard:
    return Heard("a.wav", "en", "", text, words, intent, "list", understood, guess, 4 if text else 0, wrong)


def test_figures_keep_what_can_be_answered_from_what_cannot() -> None:
    found = figures(
        [
            heard("what time", "what time", "time", "time", "time"),
            heard("stop it", "stop", "stop", "unknown", "stop", wrong=2),
            heard("what day", "", "date", "stop", "stop", wrong=4),
            heard("", "order", "unknown", "unknown", "drink"),
            heard("", "coffee", "unknown", "drink", "drink"),
        ]
    )
    assert (found["asked"], found["outside"]) == (3, 2)
    assert (found["intent"], found["guess"], found["asked_refused"]) == (0.3333, 0.6667, 0.3333)
    assert found["outside_refused"] == 0.5
    assert (found["word_error"], found["sound_error"]) == (0.5, 0.5)
    nothing = figures([heard("", "order", "unknown", "unknown", "drink")])
    assert nothing["intent"] is nothing["word_error"] is nothing["sound_error"] is None


@pytest.mark.usefixtures("ours")
def test_recordings_are_heard_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["time.wav,en,What time is it?,,desk", "time.wav,en,,joke,desk", "still.wav,te,,unknown,"]
    folder = folder_with(tmp_path / "voice", HEAD, *lines)
    words = ["bench", "quality", "--only", "talk", "--model", COMPANION, "--recordings", str(folder)]
    assert main([*words, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    first, second, third = report["sentences"]
    assert first["heard"] == HEARD[0] and first["right"] and first["intent_of"] == "text"
    assert (second["understood"], second["intent"], second["right"]) == ("time", "joke", False)
    assert third["heard"] == "" and third["right"]
    english, telugu = report["languages"]["en"], report["languages"]["te"]
    assert (english["asked"], english["intent"], english["word_error"]) == (2, 0.5, 0.0)
    assert (telugu["outside"], telugu["outside_refused"], telugu["intent"]) == (1, 1.0, None)
    assert list(report["groups"]) == ["desk"] and report["groups"]["desk"] == english
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "“what time is it”: right" in printed and "time, not joke" in printed and "50%" in printed


@pytest.mark.usefixtures("ours")
def test_recordings_tell_nothing_of_a_codec(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "quality", "--only", "codec", "--recordings", str(tmp_path)]) == 1
    assert "--only talk" in capsys.readouterr().err
    assert main(["bench", "quality", "--recordings", str(tmp_path), "--model", COMPANION]) == 1
    assert "no list" in capsys.readouterr().err


@needs_espeak
def test_the_model_that_ships_hears_a_recording(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, HEAD, "said.wav,en,what is the time now,time,")
    take = Espeak().speak("what is the time now", "en")
    soundfile.write(folder / "said.wav", 0.3 * take.at_rate(tiny.RATE).pcm, tiny.RATE)
    registry = open_registry()
    report = recorded_quality(open_pair(registry, speech_card(registry, None)), folder, print)
    (said,) = report["sentences"]
    assert said["sounds"] > 8 and 0 <= report["languages"]["en"]["sound_error"] < 0.7
    assert said["wrong_sounds"] < said["sounds"] and said["heard"]


def test_without_a_speech_model_nothing_is_measured(tmp_path: Path) -> None:
    with pytest.raises(PalukuError, match="no speech model"):
        speech_card(Registry(tmp_path, tmp_path), None)
