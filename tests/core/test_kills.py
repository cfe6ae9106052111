"""Killed at any moment, the next start works, and nothing is lost of what was confirmed.

Fifty moments each: pytest -m slow tests/core/test_kills.py
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from app.settings import load
from core.download import Download, RemoteFile
from core.history import History
from tests.core.killed import CODES, turn
from tests.hub import Hub

ROOT = Path(__file__).parents[2]
CONTENT = os.urandom(3_000_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()

moments = pytest.mark.parametrize(
    "kills", [2, pytest.param(50, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)


def killed(dice: random.Random, longest: float, *deed: str | Path) -> int:
    """Let a deed run, kill it after its first word at a moment that the dice choose; what it told last."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.core.killed", *map(str, deed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    assert first, "it ended before it began"
    time.sleep(dice.uniform(0.0, longest))
    child.kill()
    rest, _ = child.communicate()
    told = [first, *(line + "\n" for line in rest.split("\n")[:-1])]  # a line without its end was not told
    return int(told[-1])


@moments
def test_turns_of_a_talk(tmp_path: Path, kills: int) -> None:
    dice = random.Random(1)
    kept: list[int] = []
    for _ in range(kills):
        kept.append(killed(dice, 0.2, "turns", tmp_path))
        history = History(tmp_path)
        rows = sorted(history.conversations(), key=lambda row: row.id)
        assert len(rows) == len(kept)
        turns = list(history.turns(rows[-1].id))
        assert [t.number for t in turns] == list(range(len(turns))) and len(turns) > kept[-1]
        assert (turns[-1].reply_codes == CODES).all()
        history.add(rows[-1].id, turn(len(turns)))
        history.close()
        kept[-1] = len(turns)
    history = History(tmp_path)
    rows = sorted(history.conversations(), key=lambda row: row.id)
    assert [row.turns for row in rows] == [count + 1 for count in kept]
    history.close()


@moments
def test_settings(tmp_path: Path, kills: int) -> None:
    dice = random.Random(2)
    for _ in range(kills):
        told = killed(dice, 0.1, "settings", tmp_path)
        loaded = load(tmp_path / "settings.toml")
        assert loaded.reason == "" and loaded.settings.look.text_size >= told


@moments
def test_an_export(tmp_path: Path, kills: int) -> None:
    dice = random.Random(3)
    for number in range(kills):
        place = tmp_path / str(number)
        place.mkdir()
        killed(dice, 0.1, "exports", place)
        assert len(json.loads((place / "talk.json").read_text())["turns"]) == 40


@moments
def test_a_recording(tmp_path: Path, kills: int) -> None:
    dice = random.Random(4)
    for _ in range(kills):
        killed(dice, 0.1, "recordings", tmp_path)
        pcm, _ = soundfile.read(tmp_path / "talk.wav")
        assert len(pcm) == 50 * 320 and abs(pcm - 0.25).max() < 0.01


@moments
def test_a_download(tmp_path: Path, kills: int) -> None:
    dice = random.Random(5)
    with Hub({"maker/model": {"weights.bin": CONTENT}}) as hub:
        hub.seconds_per_piece = 0.02  # about a second in all
        url = hub.url("maker/model", "weights.bin")
        for number in range(kills):
            folder = tmp_path / str(number)
            child = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.core.killed",
                    "download",
                    folder,
                    url,
                    str(len(CONTENT)),
                    DIGEST,
                ],
                cwd=ROOT,
            )
            deadline = time.monotonic() + 60
            while not any(folder.glob("weights*")) and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(dice.uniform(0.0, 1.0))
            child.kill()
            child.wait()
            target, part = folder / "weights.bin", folder / "weights.bin.part"
            assert not target.exists() or target.read_bytes() == CONTENT
            begun = part.stat().st_size if part.exists() else 0
            hub.seconds_per_piece = 0.0
            asked = len(hub.ranges)
            path = Download(RemoteFile(url, "weights.bin", len(CONTENT), DIGEST), folder).run()
            hub.seconds_per_piece = 0.02
            assert path is not None and path.read_bytes() == CONTENT
            if 0 < begun < len(CONTENT):
                assert hub.ranges[asked] == f"bytes={begun}-"  # it went on where it was killed
