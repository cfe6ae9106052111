"""AudioSR's nets in a size that runs in a moment, with random weights that say something."""

from __future__ import annotations

import torch
from torch import nn

from core.nn.superres.audiosr import AudioSr, AudioSrConfig
from core.nn.superres.global_encoder import GlobalEncoderConfig
from core.nn.superres.unet import UNetConfig
from core.nn.superres.vae import VaeConfig
from core.nn.superres.vocoder import VocoderConfig

CONFIG = AudioSrConfig(
    unet=UNetConfig(
        in_channels=8,
        out_channels=4,
        model_channels=32,
        channel_mult=(1, 2),
        num_res_blocks=1,
        attention_factors=(2,),
    ),
    vae=VaeConfig(channels=32, channel_mult=(1, 2), num_res_blocks=1, z_channels=4),
    vocoder=VocoderConfig(n_mels=64, channels=32, rates=(24, 20), kernels=(48, 40), block_kernels=(3,)),
)
ENCODER = GlobalEncoderConfig(n_mels=64, channels=(4, 8), hidden_dim=32, n_heads=4, n_layers=1, max_frames=64)
FRAMES = 32  # of a window: 0.32 s


def tiny_audiosr() -> AudioSr:
    model = AudioSr(CONFIG)
    scatter(model)
    return model.eval()


def scatter(model: nn.Module) -> None:
    """Random numbers everywhere: what starts at zero would hide all that lies before it."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for value in model.parameters():
            scale = 0.7 / value[0].numel() ** 0.5 if value.dim() > 1 else 0.1
            value.normal_(0, scale, generator=generator)
