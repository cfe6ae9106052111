from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from core.nn.codecs.dac import DacConfig
from core.nn.codecs.jodio import JodioConfig
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.codecs.telugu import TELUGU_PRESETS
from core.nn.config import from_json, to_json
from core.nn.reader import read_model
from core.nn.readers import CODEC_READERS
from core.nn.runtime import load_codec
from tests.core.nn.codecs.tiny_mimi import TINY

READERS = {reader.name: reader for reader in CODEC_READERS}
SMALL: dict[str, Any] = {
    "mimi": TINY,
    "dac": DacConfig(encoder_dim=4, decoder_dim=32, n_codebooks=2, codebook_size=16, codebook_dim=4),
    "telugu": replace(
        TELUGU_PRESETS["telugu-hybrid-50hz"],
        encoder_dim=4,
        decoder_dim=32,
        latent_dim=32,
        transformer_dim=32,
        n_heads=2,
        hidden=48,
        n_layers=1,
        codebook_sizes=(16, 8),
    ),
    "jodio": JodioConfig(
        channels=8,
        dim=16,
        n_heads=2,
        head_dim=8,
        n_layers=1,
        decoder_dim=8,
        decoder_heads=1,
        decoder_layers=1,
    ),
}


@pytest.mark.parametrize("name", list(SMALL))
def test_our_own_layout(name: str, tmp_path: Path) -> None:
    reader, config, path = READERS[name], SMALL[name], tmp_path / "weights.safetensors"
    model = reader.build(config)
    reader.save(model, config, path)
    found = read_model(path, CODEC_READERS)
    assert isinstance(found, CodecModel)
    assert type(found) is type(model)
    assert not found.training
    for key, value in model.state_dict().items():
        assert torch.equal(found.state_dict()[key], value)
    assert load_codec(name, path).spec == model.spec


@pytest.mark.parametrize("name", list(CODEC_PRESETS))
def test_every_config_survives_as_text(name: str) -> None:
    config = CODEC_PRESETS[name].config
    assert from_json(type(config), to_json(config)) == config
