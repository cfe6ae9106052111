"""Importing: foreign weights become a model of ours, once, with a card."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
from core.nn.readers import CODEC_READERS, EXTENDER
from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.loading import told_spec
from core.nn.superres.audiosr_weights import AUDIOSR
from core.nn.superres.install import install_audiosr

WEIGHTS_NAME = "weights.safetensors"
_LICENCE = "see where it came from"
_SUFFIXES = (".safetensors", ".pt", ".pth", ".bin")


def import_weights(path: Path, models: Path) -> ModelCard:
    """Read a weights file (or the only one in a folder) and keep it under `models`.

    A codec is converted to our own layout. A speech model may be larger than memory: its files are kept as
    they were published, and read tensor by tensor when it is loaded.
    """
    weights = _weights_in(path)
    if weights.suffix != ".json":
        file = open_weights(weights)
        for reader in CODEC_READERS:
            model = reader.read(file)
            if isinstance(model, CodecModel):
                return _keep_codec(model, reader, models)
        if AUDIOSR.knows(file):
            return install_audiosr(weights, AUDIOSR.name, models)
        if EXTENDER.knows(file):
            raise ModelError(
                f"{weights.name} holds a live extender as it is trained, not as it runs.",
                "Import the folder with the graph that its training left beside it.",
            )
    return _keep_speech(weights, models)


def _weights_in(path: Path) -> Path:
    if not path.is_dir():
        return path
    if indexes := sorted(path.glob("*.index.json")):
        return indexes[0]
    found = sorted(child for child in path.iterdir() if child.suffix in _SUFFIXES)
    if len(found) != 1:
        names = ", ".join(child.name for child in found) or "none"
        raise ModelError(f"In {path.name} one weights file was expected; there is: {names}.")
    return found[0]


def _keep_codec(model: CodecModel, reader: Reader[Any], models: Path) -> ModelCard:
    config, costs = model.config, codec_macs(model)
    id = next(
        (name for name, preset in CODEC_PRESETS.items() if preset.config == config), reader.name.lower()
    )
    with _new_folder(models, id) as folder:
        reader.save(model, config, folder / WEIGHTS_NAME)
    return write_card(
        models / id,
        id=id,
        kind="codec",
        title=f"{reader.name}, imported",
        licence=_LICENCE,
        runtime="torch",
        files={"weights": WEIGHTS_NAME},
        parameters=sum(p.numel() for p in model.parameters()),
        macs=round(costs.encode + costs.decode),
        codec=model.spec,
    )


def _keep_speech(weights: Path, models: Path) -> ModelCard:
    stored = open_speech(weights)
    spec = told_spec(stored)
    parameters = sum(p.numel() for p in stored.outline().parameters())
    id = f"{stored.name.lower()}-{_size(parameters)}"
    files = {"weights": weights.name}
    if (weights.parent / "config.json").is_file():
        files["config"] = "config.json"
    if tokenizer := next(iter(sorted(weights.parent.glob("*.model"))), None):
        files["text"] = tokenizer.name
    parts = (
        {path.name for path in weights.parent.glob("*.safetensors")} if weights.suffix == ".json" else set()
    )
    with _new_folder(models, id) as folder:
        for name in sorted({*files.values(), *parts}):
            _copy(weights.parent / name, folder / name)
    return write_card(
        models / id,
        id=id,
        kind="speech",
        title=f"{stored.name}, imported",
        licence=_LICENCE,
        runtime="torch",
        files=files | {f"part {number}": name for number, name in enumerate(sorted(parts))},
        parameters=parameters,
        speech=spec,
    )


@contextmanager
def _new_folder(models: Path, id: str) -> Iterator[Path]:
    """A folder that takes its name once it is filled, and is gone if that fails."""
    target, partial = models / id, models / f".{id}.partial"
    if target.exists():
        raise ModelError(f"{id} is already here.", "Remove it first to replace it.")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        yield partial
        partial.rename(target)
    except OSError as error:
        raise StorageError(f"{id} could not be kept: {error.strerror}.", "Is the disk full?") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """A second name for the same bytes where the disk allows it: 15 GB need not lie there twice."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _size(parameters: int) -> str:
    return f"{parameters / 1e9:.1f}b" if parameters >= 1e9 else f"{parameters / 1e6:.0f}m"
