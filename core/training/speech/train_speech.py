"""Recipes of speech models: by name, what config each begins with and what trains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import PalukuError
from core.training.config_file import read_as
from core.training.speech.talk_config import TrainTalkConfig

TALK = "paluku-talk"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A speech model that can be trained, and the config to start from."""

    name: str
    start: Any

    def config(self, path: Path | None, **given: object) -> Any:
        """The config in a file, or else the recipe's; what is given otherwise goes before both."""
        config = self.start if path is None else read_as(type(self.start), path)
        return replace(config, **{name: value for name, value in given.items() if value is not None})


def recipe(name: str) -> Recipe:
    """The recipe of this name."""
    found = recipes().get(name)
    if found is None:
        raise PalukuError(f"There is no recipe {name!r}.", f"There are {', '.join(recipes())}.")
    return found


def recipes() -> Mapping[str, Recipe]:
    """All that can be trained."""
    return {TALK: Recipe(TALK, TrainTalkConfig())}
