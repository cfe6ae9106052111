"""The frozen program, made once from what lies here, and anew only when that changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "dist" / "paluku" / "paluku"
STAMP = ROOT / "build" / "bundle.stamp"
_PARTS = ("app", "core", "models", "assets", "packaging")


def _sources() -> str:
    """What goes into the program, as one number."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    for part in _PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def program() -> Path:
    """The program as people get it."""
    sources = _sources()
    if not (PROGRAM.is_file() and STAMP.is_file() and STAMP.read_text() == sources):
        STAMP.unlink(missing_ok=True)
        made = subprocess.run(
            [sys.executable, "packaging/make_bundle.py", "--folder-only"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-4000:]
        STAMP.write_text(sources)
    return PROGRAM
