"""Blind tests: fair, countable, and the same after they were saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import PalukuError
from core.workbench.listening import (
    ANCHOR,
    REFERENCE,
    AbxSession,
    MushraSession,
    anchor,
    binomial_p,
    read_session,
    save_session,
)


def test_binomial_p() -> None:
    assert binomial_p(0, 0) == 1 and binomial_p(0, 10) == 1
    assert binomial_p(10, 10) == 1 / 1024
    assert binomial_p(12, 16) == pytest.approx(0.0384, abs=1e-4)  # the classic table's limit for 16 trials


def abx(count: int = 16) -> AbxSession:
    return AbxSession.drawn("original", "codec", ["one", "two"], count, seed=3)


def test_sides_and_answers_are_balanced_and_repeat() -> None:
    session = abx()
    assert sum(trial.x == "a" for trial in session.trials) == 8
    assert sum(trial.a == "original" for trial in session.trials) == 8
    assert session == abx() and session != AbxSession.drawn("original", "codec", ["one", "two"], 16, seed=4)


def test_a_listener_who_hears_it_and_one_who_guesses() -> None:
    hears, guesses = abx(), abx()
    assert hears.verdict() == "Nothing was answered yet."
    while (trial := hears.next()) is not None:
        hears = hears.with_answer(trial.x)
        guesses = guesses.with_answer("a")
    assert hears.right == 16 and hears.p < 1e-4 and "can be told apart" in hears.verdict()
    assert guesses.right == 8 and guesses.p > 0.5 and "no proof" in guesses.verdict()
    with pytest.raises(PalukuError, match="All questions"):
        hears.with_answer("a")


def test_sessions_are_kept(tmp_path: Path) -> None:
    mushra = MushraSession.drawn(["mimi", "voice"], ["one"], seed=0)
    mushra = mushra.with_scores({"mimi": 70, "voice": 60, REFERENCE: 98, ANCHOR: 20})
    for session in (abx().with_answer("b"), mushra):
        save_session(session, tmp_path / "test.json")
        assert read_session(tmp_path / "test.json") == session
    (tmp_path / "test.json").write_text("[]")
    with pytest.raises(PalukuError, match="holds no listening test"):
        read_session(tmp_path / "test.json")


def test_mushra_hides_its_reference_and_judges_its_listener() -> None:
    session = MushraSession.drawn(["mimi", "voice"], ["one", "two", "three"], seed=1)
    assert {trial.item for trial in session.trials} == {"one", "two", "three"}
    careless = session
    for number in range(3):
        assert session.next() is not None and set(session.trials[number].order) == {
            *("mimi", "voice", REFERENCE, ANCHOR)
        }
        session = session.with_scores({"mimi": 70 + number, "voice": 50, REFERENCE: 100, ANCHOR: 10})
        careless = careless.with_scores({"mimi": 70, "voice": 50, REFERENCE: 60, ANCHOR: 90})
    assert session.trusted and not careless.trusted
    assert session.means()["mimi"] == (71.0, pytest.approx(1.96 / 3**0.5))
    with pytest.raises(PalukuError, match="one score from 0 to 100"):
        MushraSession.drawn(["a"], ["one"], 0).with_scores({"a": 101})
    with pytest.raises(PalukuError, match="are added by themselves"):
        MushraSession.drawn([REFERENCE], ["one"], 0)


def test_the_anchor_is_a_low_pass() -> None:
    t = np.arange(16_000) / 16_000
    low, high = np.sin(2 * np.pi * 1000 * t), np.sin(2 * np.pi * 5000 * t)
    heard = anchor((low + high).astype(np.float32), 16_000)
    assert np.abs(heard - low).max() < 0.01
