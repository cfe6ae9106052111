"""Where things lie: models that ship, the user's own data. Two variables of the environment move them."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

from platformdirs import PlatformDirs

DATA_VARIABLE = "PALUKU_DATA"
MODELS_VARIABLE = "PALUKU_MODELS"


def shipped_models() -> Path:
    """The models that came with the program."""
    if chosen := os.environ.get(MODELS_VARIABLE):
        return Path(chosen)
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).parent.parent) / "models"


def data_folder() -> Path:
    """The user's models and conversations. Private to the user; made when something is put there."""
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen)
    return Path(PlatformDirs("paluku", appauthor=False).user_data_dir)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, which only the user may enter."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
    data = data_folder()
    if data in (folder, *folder.parents) and data.stat().st_mode & 0o077:
        data.chmod(0o700)  # an earlier version left it open


def stays_inside(name: str) -> bool:
    """Whether a relative path leads to a place below its folder, on every system."""
    for reading in (PurePosixPath(name), PureWindowsPath(name)):
        if not reading.parts or reading.anchor or reading.drive or ".." in reading.parts:
            return False
    return "\0" not in name and ":" not in name


def own_models() -> Path:
    return data_folder() / "models"


def log_folder() -> Path:
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen) / "log"
    return Path(PlatformDirs("paluku", appauthor=False).user_log_dir)
