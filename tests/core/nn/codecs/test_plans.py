"""The cards of models that can be trained or imported say what the code builds."""

from __future__ import annotations

import pytest

from core.cards import read_card
from core.folders import shipped_models
from core.nn.codecs.presets import CODEC_PRESETS, build
from core.nn.macs import codec_macs

SHIPPED = "paluku-voice"  # trained and exported: its card tells of the graphs that ship


@pytest.mark.parametrize("name", [name for name in CODEC_PRESETS if name != SHIPPED])
def test_a_card_tells_what_is_built(name: str) -> None:
    card = read_card(shipped_models() / name / "model.toml")
    model = build(name, "meta")
    costs = codec_macs(model)
    assert card.codec == model.spec
    assert card.parameters == sum(p.numel() for p in model.parameters())
    assert card.macs == round(costs.encode + costs.decode)
    assert not card.installed
