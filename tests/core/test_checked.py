"""Large files are read once, and again as soon as anything about them changed."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from core import checked
from core.checked import FILE_NAME, is_whole


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The files that were read in full; every file counts as large."""
    monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(checked, "LARGE", 1)
    found: list[Path] = []
    read = checked.fingerprint

    def note(path: Path) -> str:
        found.append(path)
        return read(path)

    monkeypatch.setattr(checked, "fingerprint", note)
    return found


def _weights(folder: Path, content: bytes = b"weights") -> tuple[Path, str]:
    path = folder / "weights.bin"
    path.write_bytes(content)
    _age(path)
    return path, hashlib.sha256(content).hexdigest()


def _age(path: Path, seconds: float = 60.0) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_whole_file_is_read_once(reads: list[Path], tmp_path: Path) -> None:
    path, digest = _weights(tmp_path)
    assert all(is_whole(path, digest) for _ in range(3))
    assert len(reads) == 1
    assert (tmp_path / "data" / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_another_fingerprint_is_never_taken_for_granted(reads: list[Path], tmp_path: Path) -> None:
    path, digest = _weights(tmp_path)
    assert is_whole(path, digest)
    assert not is_whole(path, "0" * 64)


@pytest.mark.parametrize("age", [30.0, 59.0])
def test_a_changed_file_is_read_again(reads: list[Path], tmp_path: Path, age: float) -> None:
    path, digest = _weights(tmp_path)
    assert is_whole(path, digest)
    path.write_bytes(b"wEights")  # as long as before
    _age(path, age)
    assert not is_whole(path, digest)


def test_what_was_written_just_now_is_not_remembered(reads: list[Path], tmp_path: Path) -> None:
    path, digest = _weights(tmp_path)
    _age(path, 0.0)
    assert is_whole(path, digest) and is_whole(path, digest)
    assert len(reads) == 2


@pytest.mark.parametrize("record", ["", "[1, 2]", '{"a": ', "[" * 100_000, '{"x": 7}'])
def test_a_broken_record_only_costs_time(reads: list[Path], tmp_path: Path, record: str) -> None:
    path, digest = _weights(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_text(record)
    assert is_whole(path, digest) and not is_whole(path, "0" * 64)
    assert is_whole(path, digest)
    assert json.loads((tmp_path / "data" / FILE_NAME).read_text())


def test_small_files_are_always_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "data"))
    path, digest = _weights(tmp_path)
    assert is_whole(path, digest)
    assert not (tmp_path / "data").exists()
