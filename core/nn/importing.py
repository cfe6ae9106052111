"""Importing: foreign weights become a model of ours, once, with a card."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from core.cards import ModelCard
from core.errors import ModelError, StorageError
from core.new_card import write_card
from core.nn.checkpoint import open_weights
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.macs import codec_macs
from core.nn.reader import Reader
from core.nn.readers import CODEC_READERS

WEIGHTS_NAME = "weights.safetensors"
_SUFFIXES = (".safetensors", ".pt", ".pth", ".bin")


def import_weights(path: Path, models: Path) -> ModelCard:
    """Read a weights file (or the only one in a folder) and keep it under `models` in our own layout."""
    file = open_weights(_weights_in(path))
    for reader in CODEC_READERS:
        model = reader.read(file)
        if isinstance(model, CodecModel):
            return _keep(model, reader, models)
    raise ModelError(
        f"{path.name} holds no model that Paluku knows.",
        f"It can read weights of {', '.join(reader.name for reader in CODEC_READERS)}.",
    )


def _weights_in(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(child for child in path.iterdir() if child.suffix in _SUFFIXES)
    if len(found) != 1:
        names = ", ".join(child.name for child in found) or "none"
        raise ModelError(f"In {path.name} one weights file was expected; there is: {names}.")
    return found[0]


def _keep(model: CodecModel, reader: Reader[Any], models: Path) -> ModelCard:
    config, costs = model.config, codec_macs(model)
    id = next(
        (name for name, preset in CODEC_PRESETS.items() if preset.config == config), reader.name.lower()
    )
    target, partial = models / id, models / f".{id}.partial"
    if target.exists():
        raise ModelError(f"{id} is already here.", "Remove it first to replace it.")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        reader.save(model, config, partial / WEIGHTS_NAME)
        partial.rename(target)
    except OSError as error:
        raise StorageError(f"{id} could not be kept: {error.strerror}.", "Is the disk full?") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return write_card(
        target,
        id=id,
        kind="codec",
        title=f"{reader.name}, imported",
        licence="see where it came from",
        runtime="torch",
        files={"weights": WEIGHTS_NAME},
        parameters=sum(p.numel() for p in model.parameters()),
        macs=round(costs.encode + costs.decode),
        codec=model.spec,
    )
