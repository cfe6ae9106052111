"""Sizes of the nets at full scale, counted without making them."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.nn.superres.audiosr import AudioSr, AudioSrConfig
from core.nn.superres.extender import Extender, ExtenderConfig
from core.nn.superres.global_encoder import GlobalAudioEncoder, GlobalEncoderConfig
from core.nn.superres.spatial_transformer import (
    GlobalConditionedSpatialTransformer,
    PlaceAttention,
    SpatialTransformer,
)
from core.nn.superres.unet import UNet, UNetConfig
from core.nn.superres.vae import Vae, VaeConfig
from core.nn.superres.vocoder import Vocoder, VocoderConfig


def count(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


def test_parts() -> None:
    with torch.device("meta"):
        assert count(GlobalAudioEncoder(GlobalEncoderConfig())) == 3_233_312
        assert count(UNet(UNetConfig())) == 258_195_088
        assert count(UNet(UNetConfig(global_context="sequence"))) == 288_248_208
        assert count(Vocoder(VocoderConfig())) == 190_281_889
        vae = Vae(VaeConfig())
        assert (count(vae), count(vae.encoder), count(vae.decoder)) == (223_535_569, 90_010_272, 133_523_969)
        assert (count(vae.quant_conv), count(vae.post_quant_conv)) == (1_056, 272)


def test_time_embedding() -> None:
    with torch.device("meta"):
        assert count(UNet(UNetConfig()).time_embed) == 328_704


@pytest.mark.parametrize(
    ("channels", "base", "extra"),
    [(256, 1_447_168, 296_192), (384, 3_252_096, 640_896), (640, 9_024_640, 1_723_520)],
)
def test_one_transformer(channels: int, base: int, extra: int) -> None:
    with torch.device("meta"):
        assert count(SpatialTransformer(channels, channels // 32)) == base
        conditioned = GlobalConditionedSpatialTransformer(channels, channels // 32, 128)
    assert count(conditioned) == base + extra


def test_transformers_of_the_unet() -> None:
    with torch.device("meta"):
        unet = UNet(UNetConfig(global_context="pooled"))
    sides = (unet.input_blocks, unet.middle_block, unet.output_blocks)
    assert [sum(isinstance(m, SpatialTransformer) for m in side.modules()) for side in sides] == [12, 2, 18]
    assert {m.n_heads for m in unet.modules() if isinstance(m, PlaceAttention)} == {8, 12, 20}


def test_latent_of_a_window() -> None:
    config = AudioSrConfig(unet=UNetConfig(global_context="sequence"), global_encoder=GlobalEncoderConfig())
    with torch.device("meta"):
        model = AudioSr(config)
        mel = model.mel(torch.zeros(1, 491_520))
        assert mel.shape == (1, 256, 1024)
        latent = model.latent(mel)
        assert latent.shape == (1, 16, 128, 32)
        assert model.velocity(latent, torch.zeros(1), latent, model.context(mel)).shape == latent.shape
        assert model.picture(latent).shape == mel.shape
        assert model.vocoder(mel).shape == (1, 1, 491_520)
    assert config.frame_step == 64


def test_extender() -> None:
    assert 1_000_000 < count(Extender(ExtenderConfig())) < 3_000_000
