"""The codec that a speech model is taught with: its layers, whether kept as weights or as graphs."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from core.cards import CARD_NAME, ModelCard, read_card
from core.errors import ModelError, PalukuError
from core.loading import open_registry
from core.nn.codecs.envelope import ENVELOPE, EnvelopeCodec
from core.nn.reader import read_model
from core.training.export.read_back import installed_codec


def known_codec(named: str) -> EnvelopeCodec:
    """An envelope codec by its weights file, its model's folder, or its id."""
    path = Path(named)
    if path.is_file():
        model = read_model(path, [ENVELOPE])
    else:
        model = _installed(read_card(path / CARD_NAME) if path.is_dir() else open_registry().find(named))
    assert isinstance(model, EnvelopeCodec)
    return model


def _installed(card: ModelCard) -> nn.Module:
    if card.kind != "codec":
        raise PalukuError(f"{card.id} is no codec.", "Name the codec that the model shall speak in.")
    model = installed_codec(card, [ENVELOPE])
    if model is None:
        raise ModelError(
            f"{card.id} is kept as graphs that no longer tell its weights.",
            "Name the weights file that it was exported from.",
        )
    return model
