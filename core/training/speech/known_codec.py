"""The codec that a speech model is taught with: its layers, whether kept as weights or as graphs."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from core.cards import CARD_NAME, ModelCard, read_card
from core.errors import ModelError, PalukuError
from core.loading import open_registry
from core.nn.codecs.envelope import ENVELOPE, EnvelopeCodec
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.reader import read_model
from core.training.export.read_back import read_back


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
    if card.runtime == "torch":
        return read_model(card.file("weights"), [ENVELOPE])
    if card.id not in CODEC_PRESETS:
        raise ModelError(
            f"{card.id} is kept as graphs that no longer tell its weights.",
            "Name the weights file that it was exported from.",
        )
    return read_back(card, CODEC_PRESETS[card.id].build)
