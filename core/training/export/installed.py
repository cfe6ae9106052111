"""Exporting what is installed: a model that needs torch becomes one that does not, on the user's machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import torch

from core.cards import CARD_NAME, ModelCard, read_card
from core.codecs.base import CodecSpec
from core.errors import ModelError, StorageError
from core.new_card import write_card
from core.nn.codecs.mimi import Mimi
from core.nn.codecs.model import CodecModel
from core.nn.macs import codec_macs, search_macs
from core.nn.reader import read_model
from core.nn.readers import CODEC_READERS
from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.device import Device
from core.nn.s2s.loading import told_spec
from core.training.export.codec import DECODER, ENCODER, CardText, export_codec
from core.training.export.int8_probe import best_form
from core.training.export.mimi_steps import MimiSteps
from core.training.export.speech import check_size, export_speech

Progress = Callable[[str], None]
"""Is told what is being done."""


def silent(what: str) -> None:
    """Nobody watches."""


def export_installed(
    card: ModelCard,
    models: Path,
    *,
    n_codebooks: int = 8,
    int8: bool = False,
    on_progress: Progress = silent,
) -> ModelCard:
    """Make graphs of an installed model, and keep them under `models` as `<id>-onnx` or `<id>-onnx-int8`."""
    if card.kind not in ("codec", "speech") or card.runtime != "torch":
        raise ModelError(f"{card.id} is no codec or speech model that needs torch: nothing to export.")
    id = f"{card.id}-onnx" + ("-int8" if int8 else "")
    target, room = models / id, models / ".exporting"
    if target.exists():
        raise ModelError(f"{id} is already here.", f"Remove it first: paluku models remove {id}")
    try:
        shutil.rmtree(room, ignore_errors=True)
        (room / id).mkdir(parents=True)
        if card.kind == "speech":
            _export_speech(card, room / id, int8=int8, on_progress=on_progress)
        else:
            _export_codec(card, room / id, n_codebooks, int8=int8, on_progress=on_progress)
        (room / id).rename(target)
    except OSError as error:
        raise StorageError(f"{id} could not be kept: {error.strerror}.", "Is the disk full?") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return read_card(target / CARD_NAME)


def write_graphs(
    model: Mimi, folder: Path, n_codebooks: int, *, int8: bool, on_progress: Progress = silent
) -> CodecSpec:
    """A Mimi's two graphs, and what codec they are together."""
    steps = MimiSteps(model, n_codebooks, int8=best_form() if int8 else None)
    spec = replace(model.spec, codebook_sizes=model.spec.codebook_sizes[:n_codebooks])
    for name, build in ((ENCODER, steps.encoder), (DECODER, steps.decoder)):
        on_progress(f"making {name}")
        build().save(folder / name, asdict(spec))
    return spec


def _export_codec(
    card: ModelCard, folder: Path, n_codebooks: int, *, int8: bool, on_progress: Progress
) -> None:
    on_progress(f"reading {card.id}")
    model = read_model(card.file("weights"), CODEC_READERS)
    if isinstance(model, Mimi):
        _export_mimi(model, card, folder, n_codebooks, int8=int8, on_progress=on_progress)
    else:
        _export_traced(model, card, folder, int8=int8, on_progress=on_progress)


def _export_speech(card: ModelCard, folder: Path, *, int8: bool, on_progress: Progress) -> None:
    config, text = (card.file(role) if role in card.files else None for role in ("config", "text"))
    stored = open_speech(card.file("weights"), config)
    check_size(stored.outline(), int8=int8)  # before gigabytes are read
    on_progress(f"reading {card.id}")
    model = stored.load(Device("cpu", torch.float32, psutil.virtual_memory().available))
    on_progress("making the graphs")
    export_speech(
        model,
        card.speech or told_spec(stored),
        text,
        folder,
        title=card.title + (", 8-bit weights" if int8 else ""),
        licence=card.licence,
        languages=card.languages,
        int8=int8,
    )


def _export_mimi(
    model: Mimi, card: ModelCard, folder: Path, n_codebooks: int, *, int8: bool, on_progress: Progress
) -> None:
    spec = write_graphs(model, folder, n_codebooks, int8=int8, on_progress=on_progress)
    on_progress("writing the card")
    write_card(
        folder,
        id=folder.name,
        kind="codec",
        title=f"{card.title}, {n_codebooks} codebooks" + (", 8-bit weights" if int8 else ""),
        licence=card.licence,
        runtime="onnx",
        files={"encoder": ENCODER, "decoder": DECODER},
        parameters=card.parameters,
        macs=_macs(model, n_codebooks),
        languages=card.languages,
        codec=spec,
    )


def _export_traced(
    model: object, card: ModelCard, folder: Path, *, int8: bool, on_progress: Progress
) -> None:
    if not isinstance(model, CodecModel) or int8:
        raise ModelError(f"{card.id} cannot be made graphs of 8-bit products yet.", "Leave out --int8.")
    on_progress("making both graphs")
    text = CardText(id=folder.name, title=card.title, licence=card.licence, languages=card.languages)
    export_codec(model, folder, text)


def _macs(model: Mimi, n_codebooks: int) -> int:
    """A second there and back; only the codebooks in use are searched."""
    costs = codec_macs(model)
    unused = 1 - n_codebooks / model.spec.n_codebooks
    return round(costs.encode + costs.decode - model.spec.frame_rate * search_macs(model) * unused)
