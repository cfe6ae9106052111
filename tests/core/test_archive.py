"""Saved conversations taken out as files: sound, subtitles, a page, JSON."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.archive import Archive
from core.cards import Registry
from core.errors import StorageError
from core.history import ConversationRow, History, Turn
from tests import tiny


@pytest.fixture
def archive(registry: Registry, tmp_path: Path) -> Archive:
    history = History(tmp_path / "data")
    number = history.begin(tiny.CODEC, tiny.TURN)
    for n in (1, 2):
        codes = np.full((tiny.BOOKS, 50), tiny.LEVELS // 2)
        codes[20] += 60
        history.add(
            number,
            Turn(
                number=n,
                heard="నమస్తే" if n == 1 else "",
                reply="Good day",
                heard_codes=codes,
                reply_codes=codes[:, :25],
                speaker="asha",
                emotion="happy",
                language="te",
                seed=5,
                first_sound_ms=12.5,
                interrupted=n == 2,
                at=time.time(),
            ),
        )
    history.close()
    return Archive(tmp_path / "data", registry)


def _row(archive: Archive) -> ConversationRow:
    return archive.conversations()[0]


def _export(archive: Archive, path: Path) -> str:
    archive.export(_row(archive), path, you="You", other="Paluku")
    return path.read_text(encoding="utf-8")


def test_flac_is_the_same_sound(archive: Archive, tmp_path: Path) -> None:
    for kind in ("wav", "flac"):
        archive.export(_row(archive), tmp_path / f"talk.{kind}", you="", other="")
    (wav, rate), (flac, same) = (soundfile.read(tmp_path / f"talk.{kind}") for kind in ("wav", "flac"))
    assert rate == same and len(wav) == len(flac) and np.abs(wav - flac).max() < 1e-4
    assert (tmp_path / "talk.flac").stat().st_size < (tmp_path / "talk.wav").stat().st_size
    with pytest.raises(StorageError):
        archive.export(_row(archive), tmp_path / "no" / "talk.flac", you="", other="")


def test_subtitles(archive: Archive, tmp_path: Path) -> None:
    said = _export(archive, tmp_path / "talk.srt").split("\n\n")
    assert said[0] == "1\n00:00:00,000 --> 00:00:01,000\nYou: నమస్తే"
    assert said[1] == "2\n00:00:01,400 --> 00:00:01,900\nPaluku: Good day"
    assert said[2].startswith("3\n00:00:03,700 -->")  # the second turn was heard without words


def test_a_page_to_read(archive: Archive, tmp_path: Path) -> None:
    said = _export(archive, tmp_path / "talk.md")
    assert said.startswith("# నమస్తే\n")
    assert "**You:** నమస్తే" in said and "**Paluku:** Good day …" in said


def test_json(archive: Archive, tmp_path: Path) -> None:
    said = json.loads(_export(archive, tmp_path / "talk.json"))
    assert [turn["reply"] for turn in said["turns"]] == ["Good day"] * 2
    assert said["turns"][0]["heard_frames"] == 50


def test_sound(archive: Archive, tmp_path: Path) -> None:
    archive.export(_row(archive), tmp_path / "talk.wav", you="", other="")
    sound, rate = soundfile.read(tmp_path / "talk.wav")
    assert rate == tiny.RATE and len(sound) / rate == pytest.approx(2 * (1.0 + 0.5 + 0.8))
    assert np.abs(sound).max() > 0.05


def test_refusals_are_one_sentence(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be kept as “pdf”"):
        _export(archive, tmp_path / "talk.pdf")
    with pytest.raises(StorageError, match="cannot be written"):
        _export(archive, tmp_path / "nowhere" / "talk.md")


def test_search_rename_delete(archive: Archive) -> None:
    row = _row(archive)
    assert archive.conversations("నమ") == [row] and archive.conversations("xyz") == []
    archive.rename(row.id, "A name")
    assert _row(archive).title == "A name"
    assert archive.frame_rate(tiny.CODEC) == 50 and archive.frame_rate("nothing") is None
    archive.delete(row.id)
    assert archive.conversations() == []
