"""The Telugu codec and its hybrids: live in any pieces, and taught by the semantic hook."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from core.errors import ModelError
from core.nn.codecs.telugu import TELUGU_PRESETS, TeluguCodec, TeluguConfig
from core.nn.semantic import SemanticConfig, SemanticHead, SemanticTarget
from tests.core.nn.codec_laws import assert_streams, random_weights, sound


def tiny(name: str) -> TeluguConfig:
    config = TELUGU_PRESETS[name]
    sizes = (32, *(16,) * (len(config.codebook_sizes) - 1))
    config = replace(config, encoder_dim=4, decoder_dim=32, latent_dim=16, codebook_sizes=sizes)
    return replace(
        config, n_layers=min(config.n_layers, 2), n_heads=2, transformer_dim=8, hidden=16, context_seconds=0.2
    )


@pytest.mark.parametrize("name", TELUGU_PRESETS)
def test_streams(name: str) -> None:
    assert_streams(random_weights(TeluguCodec(tiny(name))))


@pytest.mark.parametrize(
    "name,millions,frame_rate,bitrate",
    [
        ("telugu-200hz", 62.54, 200, 16_000),
        ("telugu-50hz", 74.04, 50, 4_000),
        ("telugu-hybrid-50hz", 101.34, 50, 4_050),
        ("telugu-hybrid-12hz", 106.70, 12.5, 1_012.5),
        ("telugu-200hz-small", 10.18, 200, 16_000),
        ("telugu-50hz-small", 11.95, 50, 4_000),
        ("telugu-hybrid-50hz-small", 19.83, 50, 4_050),
        ("telugu-hybrid-12hz-small", 21.06, 12.5, 1_012.5),
    ],
)
def test_sizes(name: str, millions: float, frame_rate: float, bitrate: float) -> None:
    with torch.device("meta"):
        codec = TeluguCodec(TELUGU_PRESETS[name])
    assert round(sum(p.numel() for p in codec.parameters()) / 1e6, 2) == millions
    assert (codec.spec.frame_rate, codec.spec.bitrate(), codec.spec.streaming) == (frame_rate, bitrate, True)


def test_the_first_codebook_learns_from_a_target() -> None:
    codec = random_weights(TeluguCodec(tiny("telugu-hybrid-12hz"))).train()
    head = SemanticHead(SemanticConfig(dim=16, kind="frame_labels", out_dim=5))
    made = codec(sound(codec, 4, batch=2))
    assert made.quantized.first.shape == (2, 16, 4)
    target = SemanticTarget("frame_labels", 50.0, torch.randint(0, 5, (2, 16)))
    head(made.quantized.first, codec.spec.frame_rate, target).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in codec.encoder.parameters())
    assert all(p.grad is None for p in codec.decoder.parameters())


@pytest.mark.parametrize("gradient", ["straight_through", "rotation"])
def test_training_reaches_encoder_and_decoder(gradient: str) -> None:
    config = replace(tiny("telugu-hybrid-50hz"), gradient=gradient, weight_norm=True)  # type: ignore[arg-type]
    codec = random_weights(TeluguCodec(config)).train()
    made = codec(sound(codec, 6, batch=4))
    (made.pcm.square().mean() + sum(made.quantized.losses.values())).backward()
    for side in codec.encoder, codec.decoder:
        assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in side.parameters())
        assert sum(p.grad.abs().sum() for p in side.parameters() if p.grad is not None) > 0


def test_impossible_configs() -> None:
    with pytest.raises(ModelError, match="200 Hz, above 50 Hz"):
        TeluguConfig(n_layers=2)
    with pytest.raises(ModelError, match="semantic codebook and one acoustic"):
        TeluguConfig(codebook_sizes=(2048,), split=True)
    with pytest.raises(ModelError, match="heads of even width"):
        replace(TELUGU_PRESETS["telugu-hybrid-50hz"], n_heads=7)
