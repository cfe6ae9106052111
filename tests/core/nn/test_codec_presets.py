"""Every codec by its name."""

from __future__ import annotations

import pytest

from core.errors import ModelError
from core.nn.codecs.presets import CODEC_PRESETS, build
from core.nn.config import from_json, to_json


@pytest.mark.parametrize("name", CODEC_PRESETS)
def test_builds_and_its_config_survives_a_file(name: str) -> None:
    codec = build(name, "meta")
    assert all(p.is_meta for p in codec.parameters())
    assert codec.spec.n_codebooks >= 8
    config = CODEC_PRESETS[name].config
    assert from_json(type(config), to_json(config)) == config


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"'mimmi'.*telugu-50hz"):
        build("mimmi")
