"""Recipes of speech models: by name, what config each begins with and what trains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.cards import CARD_NAME, read_card
from core.codecs.base import Codec
from core.errors import PalukuError
from core.loading import load_codec, open_registry
from core.nn.runtime import load_codec as load_weights
from core.nn.s2s.conformer import CONFORMER
from core.nn.s2s.duplex import DUPLEX
from core.training.config_file import read_as
from core.training.speech.exchange_config import TrainExchangeConfig
from core.training.speech.talk_config import TrainTalkConfig

TALK = "paluku-talk"
FOREIGN = ("moshi-7b",)  # what others trained; its streams are not ours


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
    started = TrainExchangeConfig()
    presets = {name: Recipe(name, started) for name in (*CONFORMER, *DUPLEX) if name not in FOREIGN}
    return {TALK: Recipe(TALK, TrainTalkConfig()), **presets}


def chosen_codec(named: str, codec_id: str) -> tuple[str, Codec]:
    """A codec by its id, its model's folder, or its weights file; the latter is called `codec_id`."""
    path = Path(named)
    if path.is_file():
        if not codec_id:
            raise PalukuError(
                f"{path.name} does not tell what its codec is called where the model will be used.",
                "Name an installed codec, or set codec_id in the config.",
            )
        return codec_id, load_weights(codec_id, path)
    card = read_card(path / CARD_NAME) if (path / CARD_NAME).is_file() else open_registry().find(named)
    return card.id, load_codec(card)
