"""The listening room: blind tests are made, taken, kept and exported."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.errors import PalukuError
from core.folders import MODELS_VARIABLE
from core.listening_room import ListeningRoom, ListeningWish, OpenTest
from core.workbench.listening import ANCHOR, REFERENCE
from tests import tiny
from tests.core.test_laboratory import sound


@pytest.fixture
def room(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ListeningRoom:
    monkeypatch.setenv(MODELS_VARIABLE, str(tiny_models))  # for the child
    return ListeningRoom(tmp_path / "listening")


def prepared(room: ListeningRoom, wish: ListeningWish) -> OpenTest:
    place = room.prepare(wish).run()
    assert place is not None
    return room.open(place.name)


def test_an_abx_test_is_taken_and_kept(room: ListeningRoom, tmp_path: Path) -> None:
    sounds = (sound(tmp_path / "one.wav"), sound(tmp_path / "two.wav", 1.0))
    test = prepared(room, ListeningWish("abx", (tiny.CODEC,), sounds, questions=6))
    for number in range(1, 7):
        question = test.question()
        assert question is not None and (question.number, question.of) == (number, 6)
        a, b, x = question.sounds
        assert a != b and x in (a, b)
        heard, other = (soundfile.read(path)[0] for path in (a, b))
        assert len(heard) == len(other) and not np.array_equal(heard, other)
        test.answer("a" if x == a else "b")
        test = room.open(test.id)  # each answer is on the disk at once
    assert test.question() is None
    outcome = test.outcome()
    assert outcome.done and outcome.right == 6 and outcome.p == pytest.approx(1 / 64)
    assert outcome.systems == (tiny.CODEC, REFERENCE)
    assert [kept.outcome for kept in room.tests()] == [outcome]
    test.export(tmp_path / "out.csv")
    test.export(tmp_path / "out.json")
    rows = list(csv.reader((tmp_path / "out.csv").read_text().splitlines()))
    assert rows[0][0] == "question" and [row[6] for row in rows[1:7]] == ["1"] * 6
    assert rows[-1] == ["right", "6", "answered", "6", "p", "0.015625"]
    assert json.loads((tmp_path / "out.json").read_text())["result"]["p"] == outcome.p
    room.delete(test.id)
    assert room.tests() == ()


def test_versions_are_rated_beside_a_hidden_reference_and_an_anchor(
    room: ListeningRoom, tmp_path: Path
) -> None:
    test = prepared(room, ListeningWish("mushra", (tiny.CODEC,), (sound(tmp_path / "one.wav"),)))
    question = test.question()
    assert question is not None and len(question.sounds) == 4
    reference, *versions = (soundfile.read(path)[0] for path in question.sounds)
    hidden = [np.array_equal(reference, version) for version in versions]
    assert sum(hidden) == 1
    test.rate([100 if same else 30 for same in hidden])
    outcome = test.outcome()
    assert outcome.done and outcome.trusted
    assert {score.system: score.mean for score in outcome.scores} == {
        tiny.CODEC: 30,
        REFERENCE: 100,
        ANCHOR: 30,
    }
    test.export(tmp_path / "out.csv")
    assert f"{REFERENCE},100.00,0.00" in (tmp_path / "out.csv").read_text()


def test_versions_are_as_loud_as_the_original(room: ListeningRoom, tmp_path: Path) -> None:
    test = prepared(room, ListeningWish("mushra", (tiny.CODEC,), (sound(tmp_path / "one.wav"),)))
    question = test.question()
    assert question is not None
    levels = [np.sqrt(np.mean(soundfile.read(path)[0] ** 2)) for path in question.sounds]
    assert np.allclose(levels, levels[0], rtol=0.01)


def test_what_cannot_be_made_is_said(room: ListeningRoom, tmp_path: Path) -> None:
    with pytest.raises(PalukuError, match="needs a codec"):
        room.prepare(ListeningWish("abx", ()))
    (tmp_path / "words.wav").write_text("no sound")
    with pytest.raises(PalukuError):
        room.prepare(ListeningWish("abx", (tiny.CODEC,), (tmp_path / "words.wav",))).run()
    assert room.tests() == () and not list((tmp_path / "listening").glob("*"))
