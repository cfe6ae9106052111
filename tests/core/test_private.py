"""What Paluku keeps can be read by its user alone."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings, save
from core.cards import Registry
from core.download import Download, RemoteFile
from core.errors import ModelError
from core.folders import make_private
from core.history import History
from tests import tiny
from tests.core.test_history import _turn
from tests.hub import Hub

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that is not there yet, under the usual open-handed mask."""
    monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "home" / "paluku"))
    before = os.umask(0o022)
    yield tmp_path / "home" / "paluku"
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_conversations(data: Path) -> None:
    history = History(data)
    history.add(history.begin("codec", "model"), _turn(1))
    files = list(data.iterdir())
    assert len(files) >= 3, "the write-ahead log is there too"
    assert {mode(file) for file in files} == {0o600} and mode(data) == 0o700
    history.close()


def test_a_folder_that_was_left_open_is_closed(data: Path) -> None:
    data.mkdir(parents=True, mode=0o755)
    (data / "conversations.db").touch(mode=0o644)
    History(data).close()
    assert mode(data) == 0o700 and mode(data / "conversations.db") == 0o600


def test_settings_and_models(data: Path) -> None:
    save(Settings(), data / "settings.toml")
    assert mode(data / "settings.toml") == 0o600
    tiny.make_codec(data.parent / "stick" / tiny.CODEC)
    Registry(data / "none", data / "models").add(data.parent / "stick" / tiny.CODEC)
    assert mode(data) == 0o700 and mode(data / "models") == 0o700


def test_a_download_makes_private_folders(data: Path) -> None:
    with Hub({"maker/model": {"a.bin": b"abc"}}) as hub:
        file = RemoteFile(hub.url("maker/model", "a.bin"), "sub/a.bin")
        assert Download(file, data / "models" / ".arriving" / "x").run() is not None
    assert mode(data) == 0o700 and mode(data / "models") == 0o700


def test_a_published_name_may_not_lead_outside(data: Path) -> None:
    with pytest.raises(ModelError, match="out of its folder"):
        RemoteFile("https://example.org/x", "../../x")


def test_more_than_was_published_is_thrown_away(data: Path) -> None:
    with Hub({"maker/model": {"a.bin": b"a" * 500_000}}) as hub:
        file = RemoteFile(hub.url("maker/model", "a.bin"), "a.bin", bytes=1000)
        with pytest.raises(ModelError, match="came than was published"):
            Download(file, data).run()
    assert list(data.iterdir()) == []


def test_other_folders_are_left_as_they_are(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "theirs"
    place.mkdir(mode=0o755)
    make_private(place / "ours")
    assert mode(place) == 0o755 and mode(place / "ours") == 0o700


def test_the_log_lies_in_a_private_folder(data: Path) -> None:
    code = "import sys; from pathlib import Path; from app.crash import _begin_log as b; b(Path(sys.argv[1]))"
    log = data / "log" / "paluku.log"
    subprocess.run([sys.executable, "-c", code, str(log)], cwd=ROOT, check=True, timeout=60)
    assert mode(data) == mode(log.parent) == 0o700 and log.is_file()


def test_only_faults_are_logged() -> None:
    """No part of the program writes anything but its own faults to the log, so no words can get there."""
    levels = {
        (path.relative_to(ROOT).as_posix(), level)
        for part in ("app", "core")
        for path in (ROOT / part).rglob("*.py")
        if "getLogger" in (text := path.read_text(encoding="utf-8"))
        for level in re.findall(r"_LOG\.(\w+)\(|logging\.(?:debug|info|warning|error)\(", text)
    }
    assert {level for _, level in levels} <= {"exception", "critical"}
    assert {file for file, _ in levels} == {"app/crash.py", "core/engine.py"}
