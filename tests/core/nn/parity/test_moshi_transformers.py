"""The duplex decoder against transformers' Moshi, whose files have other names and moved rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.device import Device
from tests.core.nn.s2s.tiny_moshi import publish

pytestmark = pytest.mark.parity

BOOKS, CARD, TEXT, LENGTH = 4, 32, 48, 30
CPU = Device("cpu", torch.float32, 1 << 40)


@pytest.fixture
def theirs() -> Any:
    transformers = pytest.importorskip(
        "transformers", reason="the transformers package cannot be imported", exc_type=ImportError
    )
    config = transformers.MoshiConfig(
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        ffn_dim=88,
        vocab_size=TEXT,
        num_codebooks=BOOKS,
        audio_vocab_size=CARD,
        sliding_window=40,
        audio_encoder_config=transformers.MimiConfig(
            hidden_size=16, num_filters=2, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=2,
            intermediate_size=16, codebook_size=CARD, codebook_dim=8, vector_quantization_hidden_dimension=8,
            upsample_groups=16,
        ).to_dict(),
        depth_decoder_config={
            "hidden_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "ffn_dim": 80,
            "max_position_embeddings": BOOKS + 1,
            "sliding_window": BOOKS,
        },
        attn_implementation="sdpa",
    )  # fmt: skip
    model = transformers.MoshiForConditionalGeneration(config).eval()
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if "norm" in name:
                value.uniform_(0.5, 1.5, generator=generator)
            elif not name.startswith("audio_encoder."):
                value.normal_(0, 0.15, generator=generator)
    return model


def test_logits(theirs: Any, tmp_path: Path) -> None:
    path = publish(tmp_path, theirs.state_dict(), theirs.config.to_dict())
    ours = open_speech(path).load(CPU)
    assert isinstance(ours, SpeechDecoder)
    assert ours.config.temporal.rope == "split_half"
    tokens = steps()
    with torch.no_grad():
        text, hidden = text_of(theirs, tokens)
        ours_hidden, _ = ours(tokens, ours.initial_state(2))
        assert ours.text_head is not None
        torch.testing.assert_close(ours.text_head(ours_hidden), text, atol=1e-4, rtol=1e-4)
        codes = tokens[:, 1 : 1 + BOOKS].transpose(1, 2).flatten(0, 1)
        written = tokens[:, 0].flatten()
        depth = theirs.depth_decoder(
            input_ids=torch.cat([written[:, None], codes[:, :-1]], dim=1),
            last_hidden_state=hidden.flatten(0, 1)[:, None].expand(-1, BOOKS, -1),
        ).logits
        assert ours.depth is not None
        found = torch.stack(ours.depth(ours_hidden.flatten(0, 1), written, codes), dim=1)
    torch.testing.assert_close(found, depth, atol=1e-4, rtol=1e-4)
    assert depth.std() > 0.1


def steps() -> Tensor:
    """Tokens of each step: text, own and user's codes."""
    generator = torch.Generator().manual_seed(5)
    sizes = (TEXT, *(CARD,) * 2 * BOOKS)
    return torch.stack([torch.randint(size, (2, LENGTH), generator=generator) for size in sizes], dim=1)


def text_of(theirs: Any, tokens: Tensor) -> tuple[Tensor, Tensor]:
    embedded = theirs.decoder.model.embed_tokens(tokens[:, 0])
    for book, table in enumerate(theirs.embed_tokens):
        embedded = embedded + table(tokens[:, 1 + book])
    mask = torch.ones(tokens.shape[0], LENGTH, dtype=torch.long)
    out = theirs.decoder(inputs_embeds=embedded, attention_mask=mask)
    return out.logits, out.last_hidden_state
