"""Where the application finds what ships with it, and where it keeps its settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from core.folders import DATA_VARIABLE, data_folder


def assets() -> Path:
    """Icons, fonts and sounds that ship with the program."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).resolve().parent.parent) / "assets"


def settings_file() -> Path:
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen) / "settings.toml"
    return platformdirs.user_config_path("paluku", appauthor=False) / "settings.toml"


def data_place() -> Path:
    """Where the user's models and conversations lie."""
    return data_folder()
