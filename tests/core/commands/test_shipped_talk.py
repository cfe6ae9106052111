"""The model that ships, from sound to sound: ten turns of somebody it never heard, in two languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.cards import read_card
from core.commands.main import main
from core.folders import DATA_VARIABLE, MODELS_VARIABLE, shipped_models
from core.training.corpus.espeak import Espeak
from core.workbench.quality.talk.turns import RATE, held_out_voices, said

TURNS = (
    ("hello", "en"),
    ("నీ పేరు ఏమిటి", "te"),
    ("what is twelve plus thirty", "en"),
    ("set a timer for five seconds", "en"),
    ("జోక్ చెప్పు", "te"),
    ("speak with a sad voice", "en"),
    ("టైం ఎంత", "te"),
    ("change your voice", "en"),
    ("repeat that please", "en"),
    ("ధన్యవాదాలు", "te"),
)
pytestmark = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the questions")


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder, espeak, voice = tmp_path_factory.mktemp("asked"), Espeak(), next(held_out_voices())
    paths = []
    for number, (text, language) in enumerate(TURNS):
        paths.append(folder / f"{number}.wav")
        soundfile.write(paths[-1], said(espeak, text, "", language, voice).pcm, RATE)
    return paths


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.mark.usefixtures("shipped")
def test_ten_turns_with_a_timer_that_rings(
    questions: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = tmp_path / "answer.wav"
    words = ["talk", *map(str, questions), "-o", str(answer), "--wait", "20", "--json"]
    assert main(words) == 0
    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    replies = [turn for turn in turns if not turn["rang"]]
    right = sum(turn["heard"] == text for turn, (text, _) in zip(replies, TURNS, strict=True))
    assert right >= 8  # “టైం ఎంత” may be heard as one word, as people write it
    assert [turn["language"] for turn in replies] == [language for _, language in TURNS]
    assert replies[2]["reply"].lower().strip(". ").endswith("forty two")
    assert "five seconds" in replies[3]["reply"].lower()
    assert "గంట" in replies[6]["reply"]
    assert replies[7]["reply"] in replies[8]["reply"]
    (rung,) = [turn for turn in turns if turn["rang"]]
    assert "five seconds" in rung["reply"].lower()
    sound, rate = soundfile.read(answer)
    assert rate == RATE and len(sound) > 15 * rate and np.abs(sound).max() > 0.05


@pytest.mark.usefixtures("shipped")
def test_torch_is_never_imported(questions: list[Path], tmp_path: Path) -> None:
    program = (
        "import sys\nfrom core.commands.main import main\n"
        f"status = main(['talk', {str(questions[0])!r}, '-o', {str(tmp_path / 'a.wav')!r}])\n"
        "sys.exit(status or 10 * ('torch' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=120).returncode == 0


def test_what_ships_is_small_enough() -> None:
    sizes = {}
    for folder in shipped_models().iterdir():
        if (folder / "model.toml").exists():
            sizes[folder.name] = sum(file.bytes for file in read_card(folder / "model.toml").files.values())
    assert sizes["paluku-voice"] + sizes["paluku-talk"] < 24_000_000
    assert sizes["paluku-wide"] < 4_000_000
