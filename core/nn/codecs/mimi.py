"""Mimi: Kyutai's codec for speech, 24 kHz at 12.5 frames a second (arXiv 2410.00037)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from torch import Tensor

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.nn.codecs.model import CodecModel
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.quantize.euclidean import AverageConfig
from core.nn.quantize.gradient import Gradient
from core.nn.quantize.residual import ResidualVQ, ResidualVQConfig
from core.nn.quantize.split import SplitVQ
from core.nn.seanet import SeanetConfig, SeanetDecoder, SeanetEncoder
from core.nn.state import part
from core.nn.streaming import State, Streaming
from core.nn.transformer import Transformer, TransformerConfig

RELEASED_TRANSFORMER = TransformerConfig(
    dim=512, n_layers=8, n_heads=8, hidden=2048, context=250, layer_scale=0.01, step_size=2
)


@dataclass(frozen=True, kw_only=True)
class MimiConfig:
    """How a Mimi is built; the defaults are the released one (1.1 kbit/s with 8 codebooks)."""

    sample_rate: int = 24_000
    seanet: SeanetConfig = field(default_factory=SeanetConfig)
    transformer: TransformerConfig = RELEASED_TRANSFORMER
    frame_rate_divisor: int = 2
    """Transformer steps that make one frame."""
    n_codebooks: int = 32
    n_semantic: int = 1
    codebook_size: int = 2048
    codebook_dim: int = 256
    average: AverageConfig = field(default_factory=AverageConfig)
    quantizer_dropout: float = 1.0
    no_quantization_rate: float = 0.5
    gradient: Gradient = "straight_through"

    def __post_init__(self) -> None:
        if self.seanet.dimension != self.transformer.dim:
            raise ValueError(
                f"SEANet and Transformer differ: {self.seanet.dimension}, {self.transformer.dim}"
            )
        if not 0 < self.n_semantic <= self.n_codebooks:
            raise ValueError(f"{self.n_semantic} semantic codebooks of {self.n_codebooks} are impossible")

    @property
    def frame_size(self) -> int:
        return self.seanet.hop_length * self.frame_rate_divisor

    @property
    def quantizer(self) -> ResidualVQConfig:
        """What the semantic and the acoustic quantizer have in common."""
        return ResidualVQConfig(
            dim=self.seanet.dimension,
            codebook_dim=self.codebook_dim,
            codebook_sizes=(self.codebook_size,) * self.n_codebooks,
            average=self.average,
            no_quantization_rate=self.no_quantization_rate,
            gradient=self.gradient,
        )


class MimiEncoder(Streaming):
    """Sound to latent frames: SEANet, then a Transformer at twice the frame rate, then one frame of two."""

    def __init__(self, config: MimiConfig) -> None:
        super().__init__()
        dim, factor = config.seanet.dimension, config.frame_rate_divisor
        self.seanet = SeanetEncoder(config.seanet)
        self.transformer = Transformer(config.transformer)
        self.downsample = CausalConv1d(dim, dim, 2 * factor, stride=factor, bias=False, padding="replicate")

    def initial_state(self, batch: int) -> State:
        return {
            "seanet": self.seanet.initial_state(batch),
            "transformer": self.transformer.initial_state(batch),
            "downsample": self.downsample.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, 1, T] -> [B, D, T / frame]
        after: State = {}
        x, after["seanet"] = self.seanet(x, part(state, "seanet"))
        y, after["transformer"] = self.transformer(x.transpose(1, 2), part(state, "transformer"))
        z, after["downsample"] = self.downsample(y.transpose(1, 2), part(state, "downsample"))
        return z, after


class MimiDecoder(Streaming):
    """Latent frames to sound: the encoder's way back."""

    def __init__(self, config: MimiConfig) -> None:
        super().__init__()
        dim, factor = config.seanet.dimension, config.frame_rate_divisor
        self.upsample = CausalConvTranspose1d(dim, dim, 2 * factor, stride=factor, groups=dim, bias=False)
        self.transformer = Transformer(config.transformer)
        self.seanet = SeanetDecoder(config.seanet)

    def initial_state(self, batch: int) -> State:
        return {
            "upsample": self.upsample.initial_state(batch),
            "transformer": self.transformer.initial_state(batch),
            "seanet": self.seanet.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, 1, T * frame]
        after: State = {}
        x, after["upsample"] = self.upsample(x, part(state, "upsample"))
        y, after["transformer"] = self.transformer(x.transpose(1, 2), part(state, "transformer"))
        pcm, after["seanet"] = self.seanet(y.transpose(1, 2), part(state, "seanet"))
        return pcm, after


class Mimi(CodecModel):
    """A causal codec whose first codebook says what is spoken and whose others say how."""

    def __init__(self, config: MimiConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = MimiEncoder(config)
        self.quantizer = _quantizer(config)
        self.decoder = MimiDecoder(config)
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.frame_size),
            codebook_sizes=self.quantizer.codebook_sizes,
        )


def _quantizer(config: MimiConfig) -> ResidualVQ | SplitVQ:
    sizes, both = config.quantizer.codebook_sizes, config.quantizer
    semantic = ResidualVQ(replace(both, codebook_sizes=sizes[: config.n_semantic]))
    rest = replace(
        both, codebook_sizes=sizes[config.n_semantic :], quantizer_dropout=config.quantizer_dropout
    )
    return SplitVQ(semantic, ResidualVQ(rest))
