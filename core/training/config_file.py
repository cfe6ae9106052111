"""Configs of trainings as TOML files: every key has a meaning; what is left out is as the recipe has it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import tomlkit

from core.errors import ModelError, PalukuError
from core.nn.config import from_json

C = TypeVar("C")


def read_as(kind: type[C], path: Path) -> C:
    """The config in a TOML file; a key that means nothing is an error."""
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PalukuError(
            f"The config {path} cannot be read: {error}", "Name a TOML file that is there."
        ) from error
    except ValueError as error:
        raise PalukuError(f"The config {path} is not TOML: {error}", "Correct it at that place.") from error
    try:
        return from_json(kind, json.dumps(values))
    except ModelError as error:
        raise PalukuError(f"The config {path} is not understood: {error.message}", "Correct it.") from error


def written(config: Any) -> str:
    """A config as TOML, such as `read_as` reads."""
    return tomlkit.dumps(_plain(asdict(config)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
