"""Where things lie: models that ship, the user's own data. Two variables of the environment move them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

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


def own_models() -> Path:
    return data_folder() / "models"


def log_folder() -> Path:
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen) / "log"
    return Path(PlatformDirs("paluku", appauthor=False).user_log_dir)
