"""paluku talk with a model whose answers come from the domain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core import loading
from core.folders import DATA_VARIABLE
from tests import tiny
from tests.core.commands.conftest import Paluku
from tests.fakes import LoudnessDetector
from tests.tiny_companion import COMPANION, HEARD, make_companion


@pytest.fixture(autouse=True)
def companion(paluku: Paluku, tmp_path: Path) -> None:
    """The tiny companion, among the user's own models."""
    make_companion(tmp_path / "data" / "models" / COMPANION)


def test_files_and_typed_words_are_one_talk(paluku: Paluku, question: Path, tmp_path: Path) -> None:
    words = ["--text", "my name is Priya", "--text", "what is my name", "--text", "నా పేరు ఏంటి"]
    said = paluku("talk", question, *words, "-o", tmp_path / "a.wav", "--model", COMPANION, "--json")
    assert said.status == 0, said.err
    heard, told, asked, telugu = said.json
    assert heard["heard"].startswith(HEARD[0])
    assert "Priya" in told["reply"]
    assert "Priya" in asked["reply"]
    assert (asked["heard"], asked["language"], asked["rang"]) == ("what is my name", "en", False)
    assert (telugu["language"], telugu["interrupted"]) == ("te", False)
    seconds = sum(turn["seconds"] for turn in said.json)
    assert soundfile.info(tmp_path / "a.wav").duration == pytest.approx(seconds, abs=0.1)


def test_a_timer_rings_into_the_answers(paluku: Paluku, tmp_path: Path) -> None:
    words = ["--text", "set a timer for one second", "--text", "thank you"]
    said = paluku("talk", *words, "--wait", 30, "-o", tmp_path / "a.wav", "--model", COMPANION, "--json")
    assert [turn["rang"] for turn in said.json] == [False, False, True]
    assert "one second" in said.json[-1]["reply"]
    plain = paluku("talk", *words, "--wait", 30, "-o", tmp_path / "a.wav", "--model", COMPANION)
    assert "(a timer or alarm)" in plain.out


def test_the_same_seed_gives_the_same_talk(paluku: Paluku, tmp_path: Path) -> None:
    replies = []
    for seed in (1, 1, 2):
        words = ["--text", "tell me a joke", "--text", "tell me a riddle", "--text", "tell me a fact"]
        said = paluku(
            "talk", *words, "--seed", seed, "-o", tmp_path / "a.wav", "--model", COMPANION, "--json"
        )
        replies.append([turn["reply"] for turn in said.json])
    assert replies[0] == replies[1] != replies[2]


def test_a_skill_of_the_users_own_answers_and_a_broken_one_is_named(paluku: Paluku, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "skills"
    folder.mkdir(parents=True)
    (folder / "plants.py").write_text(
        "from core.domain.talk import Answer\n\n\nclass Plants:\n    name = 'plants'\n"
        "    intents = ('plants_watered',)\n"
        "    phrasings = {'plants_watered': {'en': ['I watered the plants']}}\n\n"
        "    def answer(self, request, desk):\n"
        "        return Answer('The 3 roses are glad.', 'en', 'happy', request.intent)\n\n\n"
        "SKILL = Plants()\n",
        encoding="utf-8",
    )
    (folder / "broken.py").write_text("def f(:", encoding="utf-8")
    said = paluku(
        "talk", "--text", "I watered the plants", "-o", tmp_path / "a.wav", "--model", COMPANION, "--json"
    )
    assert said.status == 0
    assert said.json[0]["reply"] == "The 3 roses are glad."
    assert "broken.py" in said.err


def test_nothing_to_answer_is_a_wrong_call(paluku: Paluku, tmp_path: Path) -> None:
    said = paluku("talk", "-o", tmp_path / "a.wav")
    assert said.status == 2
    assert "--text" in said.err


def test_timers_of_the_command_are_not_left_behind(
    paluku: Paluku, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    paluku("talk", "--text", "set a timer for one hour", "-o", tmp_path / "a.wav", "--model", COMPANION)
    assert not (tmp_path / "data" / "alarms.json").exists()


def test_live_a_pause_ends_a_turn_and_a_voice_stops_the_answer(
    paluku: Paluku, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        loading.FileWorld, "detector", lambda self, rate, pause: LoudnessDetector(tiny.FRAME / rate)
    )
    t = np.arange(round(0.25 * tiny.RATE)) / tiny.RATE
    tone, silence = 0.3 * np.sin(2 * np.pi * 500 * t), np.zeros(round(0.4 * tiny.RATE))
    soundfile.write(tmp_path / "talk.wav", np.concatenate([silence, tone, silence, tone, silence]), tiny.RATE)
    said = paluku(
        "talk", tmp_path / "talk.wav", "--live", "-o", tmp_path / "a.wav", "--model", COMPANION, "--json"
    )
    first, second = said.json
    assert (first["heard"], first["interrupted"]) == (HEARD[0], True)
    assert (second["heard"], second["interrupted"]) == (HEARD[0], False)
    assert first["seconds"] < second["seconds"]
    spoken, _ = soundfile.read(tmp_path / "a.wav")
    assert len(spoken) / tiny.RATE > 1.7, "as long as the talk itself"
    assert np.abs(spoken[: round(0.6 * tiny.RATE)]).max() == 0
