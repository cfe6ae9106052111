"""AudioSr: the nets of diffusion super-resolution, and what is heard of the whole sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.errors import ModelError
from core.nn.superres.global_encoder import GlobalAudioEncoder, GlobalEncoderConfig
from core.nn.superres.mel import LogMel, MelConfig
from core.nn.superres.unet import UNet, UNetConfig
from core.nn.superres.vae import Vae, VaeConfig
from core.nn.superres.vocoder import Vocoder, VocoderConfig

MOST_TOKENS = 64  # of a sequence context: more cost time and tell nothing new
SILENT_LATENT = -11.4981  # the latent of no condition, a constant of the released model
TAUGHT_PEAK = 0.5  # of the sounds that the released model was taught with


@dataclass(frozen=True, kw_only=True)
class AudioSrConfig:
    """How the nets are built, and whether a global encoder listens."""

    unet: UNetConfig = field(default_factory=UNetConfig)
    vae: VaeConfig = field(default_factory=VaeConfig)
    vocoder: VocoderConfig = field(default_factory=VocoderConfig)
    global_encoder: GlobalEncoderConfig | None = None

    def __post_init__(self) -> None:
        if (self.unet.global_context == "none") != (self.global_encoder is None):
            raise ModelError("A global encoder needs a UNet that listens to it, and the other way round.")
        heard = self.global_encoder
        if heard and (heard.context_dim, heard.n_mels) != (self.unet.context_dim, self.vocoder.n_mels):
            raise ModelError("The global encoder does not fit the nets: its mel bands or its context differ.")
        if self.unet.in_channels != 2 * self.vae.z_channels or self.unet.out_channels != self.vae.z_channels:
            raise ModelError("The UNet does not fit the autoencoder: their latents differ.")

    @property
    def mel(self) -> MelConfig:
        return MelConfig(hop=self.vocoder.hop, n_mels=self.vocoder.n_mels)

    @property
    def frame_step(self) -> int:
        """A window's frames must be a multiple of this."""
        return int(self.vae.factor * 2 ** (len(self.unet.channel_mult) - 1))


class AudioSr(nn.Module):
    """Mel, autoencoder, UNet and vocoder together, and the global encoder where there is one."""

    scale_factor: Tensor

    def __init__(self, config: AudioSrConfig) -> None:
        super().__init__()
        self.config = config
        self.mel = LogMel(config.mel)
        self.unet = UNet(config.unet)
        self.vae = Vae(config.vae)
        self.vocoder = Vocoder(config.vocoder)
        self.global_encoder = GlobalAudioEncoder(config.global_encoder) if config.global_encoder else None
        self.register_buffer("scale_factor", torch.tensor(1.0))

    def latent(self, mel: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """[B, n_mels, T] -> [B, z, T / 8, n_mels / 8], scaled for the diffusion."""
        return self.scale_factor * self.vae.encode(mel.transpose(1, 2)[:, None], generator)

    def picture(self, latent: Tensor) -> Tensor:
        """The inverse of `latent`."""
        return self.vae.decode(latent / self.scale_factor)[:, 0].transpose(1, 2)

    def context(self, mel: Tensor) -> Tensor | None:
        """[B, n_mels, T] -> a sequence [B, S, D] or a vector [B, D] for the UNet; None without an encoder."""
        if self.global_encoder is None:
            return None
        pooled, sequence = self.global_encoder(mel[:, None])
        if self.config.unet.global_context == "pooled":
            vector: Tensor = pooled
            return vector
        tokens = min(MOST_TOKENS, sequence.shape[1])
        return F.adaptive_avg_pool1d(sequence.transpose(1, 2), tokens).transpose(1, 2)

    def velocity(self, x: Tensor, steps: Tensor, condition: Tensor, context: Tensor | None) -> Tensor:
        """What the UNet says of a noisy latent beside the condition's latent."""
        out: Tensor = self.unet(torch.cat([x, condition], dim=1), steps, context)
        return out

    def global_parameters(self) -> Iterable[nn.Parameter]:
        """All that the global conditioning adds to the released nets."""
        if self.global_encoder is not None:
            yield from self.global_encoder.parameters()
        yield from self.unet.global_parameters()
