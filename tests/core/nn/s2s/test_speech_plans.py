"""The cards of speech models say what the code builds."""

from __future__ import annotations

import pytest
import torch

from core.cards import read_card
from core.folders import shipped_models
from core.nn.s2s.conformer import CONFORMER, Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.duplex import DUPLEX


@pytest.mark.parametrize("name", [*CONFORMER, *DUPLEX])
def test_a_card_tells_what_is_built(name: str) -> None:
    card = read_card(shipped_models() / name / "model.toml")
    with torch.device("meta"):
        model = Conformer(CONFORMER[name]) if name in CONFORMER else SpeechDecoder(DUPLEX[name])
    decoder = model.decoder if isinstance(model, Conformer) else model
    assert card.speech is not None
    assert card.speech.duplex == (name in DUPLEX)
    assert card.speech.codebook_sizes == decoder.config.streams.own_sizes
    assert card.parameters == sum(p.numel() for p in model.parameters())
    for trait, size in decoder.config.voice.sizes.items():
        names = getattr(card.speech, f"{trait}s")
        assert len(names) == size, trait
    codec = read_card(shipped_models() / card.speech.codec / "model.toml").codec
    assert codec is not None
    assert codec.codebook_sizes[: len(card.speech.codebook_sizes)] == card.speech.codebook_sizes
