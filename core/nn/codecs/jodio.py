"""Jodio: JODIO as it can be meant, repaired from a published print that contradicts itself."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor, nn

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.errors import ModelError
from core.nn.attention import AttentionConfig
from core.nn.chain import Chain
from core.nn.codecs.jodio_quantizer import TableVQ
from core.nn.codecs.model import CodecModel
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.norm import RMSNorm
from core.nn.per_step import PerStep
from core.nn.quantize.split import SplitVQ
from core.nn.state import part
from core.nn.streaming import State, Streaming
from core.nn.transformer import Transformer, TransformerConfig, TransformerLayer

KERNEL = 3


@dataclass(frozen=True, kw_only=True)
class JodioConfig:
    """How a JODIO is built; the defaults are the repaired reading of the print."""

    sample_rate: int = 24_000
    channels: int = 896
    """The same at every rate: the print does not taper."""
    rates: tuple[int, ...] = (4, 5, 6, 8)
    last_rate: int = 2
    dilations: tuple[int, ...] = (1, 2, 4)
    dim: int = 1028
    """Width of the encoder's Transformer and of the codebooks."""
    n_heads: int = 16
    head_dim: int = 64
    n_layers: int = 22
    decoder_dim: int = 256
    decoder_heads: int = 4
    decoder_layers: int = 4
    context: int = 250
    dropout: float = 0.1
    n_semantic: int = 2
    n_acoustic: int = 8
    codebook_size: int = 2048
    quantizer_dropout: float = 0.5
    weight_norm: bool = True
    """On the dilated convolutions, as printed; the resamplers have none."""

    def __post_init__(self) -> None:
        if self.decoder_dim % (2 * self.decoder_heads):
            raise ModelError(
                f"{self.decoder_heads} heads of even width do not fit into {self.decoder_dim} channels."
            )
        if min(self.n_semantic, self.n_acoustic) < 1:
            raise ModelError("JODIO has semantic and acoustic codebooks, one of each at least.")

    @property
    def hop_length(self) -> int:
        return math.prod(self.rates) * self.last_rate


@dataclass(frozen=True, kw_only=True)
class WideAttentionConfig(AttentionConfig):
    """Attention whose heads together are not as wide as its frames."""

    inner_head_dim: int

    def __post_init__(self) -> None:
        if self.inner_head_dim % 2:
            raise ValueError(f"rotary positions need an even head, not {self.inner_head_dim}")

    @property
    def head_dim(self) -> int:
        return self.inner_head_dim


@dataclass(frozen=True, kw_only=True)
class JodioTransformerConfig(TransformerConfig):
    """A Transformer of which the width of a head is chosen freely."""

    head_dim: int

    @property
    def attention(self) -> AttentionConfig:
        return WideAttentionConfig(
            dim=self.dim,
            n_heads=self.n_heads,
            context=self.context,
            rope=self.rope,
            bias=self.bias,
            inner_head_dim=self.head_dim,
        )


class JodioTransformer(Streaming):
    """Causal Transformer layers over channels-first frames, with a norm behind them."""

    def __init__(self, config: JodioConfig, dim: int, n_layers: int, n_heads: int, head_dim: int) -> None:
        super().__init__()
        self.transformer = Transformer(
            JodioTransformerConfig(
                dim=dim,
                n_layers=n_layers,
                n_heads=n_heads,
                hidden=4 * dim,
                context=config.context,
                norm="rms",
                dropout=config.dropout,
                head_dim=head_dim,
            )
        )
        inner = n_heads * head_dim
        for layer in self.transformer.layers:
            if isinstance(layer, TransformerLayer) and inner != dim:
                layer.attention.out_proj = PerStep(lambda: nn.Linear(inner, dim, bias=False))
        self.norm = RMSNorm(dim)

    def initial_state(self, batch: int) -> State:
        return {"transformer": self.transformer.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T]
        y, after = self.transformer(x.transpose(1, 2), part(state, "transformer"))
        return self.norm(y).transpose(1, 2), {"transformer": after}


def _dilated(config: JodioConfig, dilations: tuple[int, ...]) -> list[nn.Module]:
    width = config.channels
    links: list[nn.Module] = []
    for dilation in dilations:
        conv = CausalConv1d(width, width, KERNEL, dilation=dilation, weight_norm=config.weight_norm)
        links += [conv, nn.SiLU()]
    return links


def _down(config: JodioConfig, rate: int) -> CausalConv1d:
    return CausalConv1d(config.channels, config.channels, 2 * rate, stride=rate)


def _up(config: JodioConfig, rate: int) -> CausalConvTranspose1d:
    return CausalConvTranspose1d(config.channels, config.channels, 2 * rate, stride=rate)


def _encoder(config: JodioConfig) -> Chain:
    links: list[nn.Module] = [CausalConv1d(1, config.channels, KERNEL)]
    for rate in config.rates:
        links += [*_dilated(config, config.dilations), _down(config, rate)]
    pre_vq_proj = CausalConv1d(config.channels, config.dim, 1)
    transformer = JodioTransformer(config, config.dim, config.n_layers, config.n_heads, config.head_dim)
    return Chain(*links, _down(config, config.last_rate), pre_vq_proj, transformer)


def _decoder(config: JodioConfig) -> Chain:
    dim, heads = config.decoder_dim, config.decoder_heads
    bridge = CausalConv1d(config.dim, dim, 1)
    transformer = JodioTransformer(config, dim, config.decoder_layers, heads, dim // heads)
    post_vq_proj = CausalConv1d(dim, config.channels, 1)
    links: list[nn.Module] = [bridge, transformer, post_vq_proj, _up(config, config.last_rate)]
    for rate in reversed(config.rates):
        links += [_up(config, rate), *_dilated(config, config.dilations[::-1])]
    return Chain(*links, CausalConv1d(config.channels, 1, KERNEL))


class Jodio(CodecModel):
    """A relative of Mimi: 2 semantic and 8 acoustic codebooks, 22 Transformer layers before them.

    Decision. The print joins 1028 channels to a Transformer of 256, and 256 to a projection from 6: no
    input can pass. Kept are all shapes that work; a bridge (1028 -> 256) is added before the decoder's
    Transformer, and post_vq_proj goes from 256 to 896. Modules print in the order of registration: they
    run as encoder, pre_vq_proj, encoder_transformer, both quantizers side by side (summed), bridge,
    decoder_transformer, post_vq_proj, decoder. Resamplers get kernels of twice their stride, for with 3
    samples at stride 8 most of the sound is never seen; all convolutions see the past only, which is
    what padding (k - 1) d is for. 1028 is perhaps a slip for 1024, and legal with 16 heads of 64.
    """

    def __init__(self, config: JodioConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = _encoder(config)
        sizes = (config.codebook_size,)
        self.quantizer = SplitVQ(
            TableVQ(config.dim, sizes * config.n_semantic),
            TableVQ(config.dim, sizes * config.n_acoustic, config.quantizer_dropout),
        )
        self.decoder = _decoder(config)
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=self.quantizer.codebook_sizes,
        )


JODIO = JodioConfig()
JODIO_SMALL = JodioConfig(channels=96, dim=256, n_heads=4, n_layers=4)
