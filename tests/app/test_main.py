"""The application starts, quickly enough to be asked, and says what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_smoke(own_folders: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--smoke"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    figures = json.loads(done.stdout)
    assert done.stderr == ""
    assert figures["imported"] == []
    assert 0 < figures["seconds"] < 30 and 20 < figures["rss_mb"] < 200


def test_a_broken_settings_file_does_not_stop_it(own_folders: Path) -> None:
    folder = own_folders / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text("[look", encoding="utf-8")
    test_smoke(own_folders)
    assert (folder / "settings.broken-1.toml").exists()
