"""VAE: a mel spectrogram as a picture, folded eight times in time and in frequency, and unfolded again."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class VaeConfig:
    """How the autoencoder is built."""

    channels: int = 128
    channel_mult: tuple[int, ...] = (1, 2, 4, 8)
    num_res_blocks: int = 2
    z_channels: int = 16

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(self.channels * mult for mult in self.channel_mult)

    @property
    def factor(self) -> int:
        """How much shorter and lower a latent is than its picture."""
        return int(2 ** (len(self.channel_mult) - 1))


class ResnetBlock(nn.Module):
    """Two convolutions and a way past them."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(32, in_channels, eps=1e-6)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm2 = nn.GroupNorm(32, out_channels, eps=1e-6)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        if in_channels != out_channels:
            self.nin_shortcut = nn.Conv2d(in_channels, out_channels, 1)
        self.widens = in_channels != out_channels

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv1(F.silu(self.norm1(x)))
        y = self.conv2(F.silu(self.norm2(y)))
        out: Tensor = y + (self.nin_shortcut(x) if self.widens else x)
        return out


class PictureAttention(nn.Module):
    """All places of a picture look at one another, with one head."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(32, channels, eps=1e-6)
        self.q = nn.Conv2d(channels, channels, 1)
        self.k = nn.Conv2d(channels, channels, 1)
        self.v = nn.Conv2d(channels, channels, 1)
        self.proj_out = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        q, k, v = (conv(y).flatten(2).transpose(1, 2) for conv in (self.q, self.k, self.v))
        seen = F.scaled_dot_product_attention(q, k, v)  # [B, H * W, C]
        out: Tensor = x + self.proj_out(seen.transpose(1, 2).reshape(x.shape))
        return out


class Middle(nn.Module):
    """The innermost part of either half."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.block_1 = ResnetBlock(channels, channels)
        self.attn_1 = PictureAttention(channels)
        self.block_2 = ResnetBlock(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.block_2(self.attn_1(self.block_1(x)))
        return out


class Halving(nn.Module):
    """Half the height and width; the padding is all at the end."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv(F.pad(x, (0, 1, 0, 1)))
        return out


class Doubling(nn.Module):
    """Twice the height and width: every value four times, then a convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return out


class Level(nn.Module):
    """Blocks of one size of the picture, and the step to the next size."""

    def __init__(self, in_channels: int, out_channels: int, n_blocks: int, step: str | None) -> None:
        super().__init__()
        self.block = nn.ModuleList(
            ResnetBlock(in_channels if number == 0 else out_channels, out_channels)
            for number in range(n_blocks)
        )
        self.step = step
        if step is not None:
            self.add_module(step, Halving(out_channels) if step == "downsample" else Doubling(out_channels))

    def forward(self, x: Tensor) -> Tensor:
        for block in self.block:
            x = block(x)
        if self.step is not None:
            x = self.get_submodule(self.step)(x)
        return x


class PictureEncoder(nn.Module):
    """The half that folds: a picture to the mean and log variance of its latent."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        widths = config.widths
        self.conv_in = nn.Conv2d(1, config.channels, 3, padding=1)
        self.down = nn.ModuleList(
            Level(
                before, width, config.num_res_blocks, "downsample" if width_number < len(widths) - 1 else None
            )
            for width_number, (before, width) in enumerate(
                zip((config.channels, *widths), widths, strict=False)
            )
        )
        self.mid = Middle(widths[-1])
        self.norm_out = nn.GroupNorm(32, widths[-1], eps=1e-6)
        self.conv_out = nn.Conv2d(widths[-1], 2 * config.z_channels, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:  # [B, 1, T, F] -> [B, 2 z, T / f, F / f]
        x = self.conv_in(picture)
        for level in self.down:
            x = level(x)
        out: Tensor = self.conv_out(F.silu(self.norm_out(self.mid(x))))
        return out


class PictureDecoder(nn.Module):
    """The half that unfolds: a latent to its picture."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        widths = config.widths
        self.conv_in = nn.Conv2d(config.z_channels, widths[-1], 3, padding=1)
        self.mid = Middle(widths[-1])
        self.up = nn.ModuleList(  # numbered from the outside, used from the inside
            Level(inner, width, config.num_res_blocks + 1, "upsample" if number else None)
            for number, (width, inner) in enumerate(zip(widths, (*widths[1:], widths[-1]), strict=True))
        )
        self.norm_out = nn.GroupNorm(32, widths[0], eps=1e-6)
        self.conv_out = nn.Conv2d(widths[0], 1, 3, padding=1)

    def forward(self, latent: Tensor) -> Tensor:  # [B, z, T / f, F / f] -> [B, 1, T, F]
        x = self.mid(self.conv_in(latent))
        for level in reversed(self.up):
            x = level(x)
        out: Tensor = self.conv_out(F.silu(self.norm_out(x)))
        return out


class Vae(nn.Module):
    """The autoencoder of mel pictures: what the diffusion works on is its latent."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = PictureEncoder(config)
        self.decoder = PictureDecoder(config)
        self.quant_conv = nn.Conv2d(2 * config.z_channels, 2 * config.z_channels, 1)
        self.post_quant_conv = nn.Conv2d(config.z_channels, config.z_channels, 1)

    def encode(self, picture: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """[B, 1, T, F] -> [B, z, T / f, F / f]: drawn from the latent's distribution, or its mean."""
        folded: Tensor = self.quant_conv(self.encoder(picture))
        mean, log_variance = folded.chunk(2, dim=1)
        if generator is None:
            return mean
        spread = torch.exp(0.5 * log_variance.clamp(-30, 20))
        noise = torch.randn(mean.shape, generator=generator, dtype=mean.dtype)
        return mean + spread * noise.to(mean.device)

    def decode(self, latent: Tensor) -> Tensor:
        out: Tensor = self.decoder(self.post_quant_conv(latent))
        return out
