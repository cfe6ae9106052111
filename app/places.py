"""Where the application finds what ships with it, and where it keeps what belongs to the person."""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "paluku"


def assets() -> Path:
    """Icons, fonts and sounds that ship with the program."""
    return Path(__file__).resolve().parent.parent / "assets"


def settings_file() -> Path:
    return platformdirs.user_config_path(NAME, appauthor=False) / "settings.toml"


def log_folder() -> Path:
    return platformdirs.user_log_path(NAME, appauthor=False)
