"""TeluguCodec: the causal relative of DAC for Telugu speech, and its hybrids with Transformers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from torch import Tensor, nn

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.errors import ModelError
from core.nn.chain import Chain
from core.nn.codecs.dac import check_halving, check_rates
from core.nn.codecs.dac_layers import DacConvs, DacDecoder, DacEncoder, init_dac_weights
from core.nn.codecs.model import CodecModel
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.quantize.base import Quantizer
from core.nn.quantize.factorised import FactorisedVQ, FactorisedVQConfig
from core.nn.quantize.gradient import Gradient
from core.nn.quantize.split import SplitVQ
from core.nn.state import part
from core.nn.streaming import State, Streaming
from core.nn.transformer import Transformer, TransformerConfig

FASTEST_ATTENTION = 50.0  # Hz; at 200 Hz attention costs sixteen times what it costs at 12.5 Hz


@dataclass(frozen=True, kw_only=True)
class TeluguConfig:
    """How a Telugu codec is built; the defaults are `telugu-200hz`."""

    sample_rate: int = 16_000
    encoder_dim: int = 64
    encoder_rates: tuple[int, ...] = (2, 2, 4, 5)
    latent_dim: int = 1024
    decoder_dim: int = 1536
    decoder_rates: tuple[int, ...] = (5, 4, 2, 2)
    frame_rate_divisor: int = 1
    """Frames that one last convolution makes into one, behind the Transformer (Mimi: 2)."""
    codebook_sizes: tuple[int, ...] = (1024,) * 8
    codebook_dim: int = 8
    split: bool = False
    """Whether the first codebook stands beside the others (semantic) rather than before them."""
    n_layers: int = 0
    """Transformer layers on each side; 0 for convolutions only."""
    n_heads: int = 8
    transformer_dim: int = 512
    hidden: int = 2048
    context_seconds: float = 10.0
    layer_scale: float = 0.01
    quantizer_dropout: float = 0.5
    no_quantization_rate: float = 0.0
    gradient: Gradient = "straight_through"
    kmeans_iterations: int = 10
    dead_below: float = 0.1
    weight_norm: bool = False

    def __post_init__(self) -> None:
        check_rates(self.encoder_rates, self.decoder_rates)
        check_halving(self.decoder_dim, self.decoder_rates)
        if self.split and len(self.codebook_sizes) < 2:
            raise ModelError(
                "A split quantizer needs a semantic codebook and one acoustic codebook at least."
            )
        if not self.n_layers:
            return
        if self.attention_rate > FASTEST_ATTENTION:
            raise ModelError(
                f"Transformers would run at {self.attention_rate:g} Hz, above {FASTEST_ATTENTION:g} Hz.",
                "Choose encoder_rates with a larger product, or n_layers = 0.",
            )
        if self.transformer_dim % (2 * self.n_heads):
            raise ModelError(
                f"{self.n_heads} heads of even width do not fit into {self.transformer_dim} channels."
            )

    @property
    def hop_length(self) -> int:
        return math.prod(self.encoder_rates) * self.frame_rate_divisor

    @property
    def attention_rate(self) -> float:
        """Frames per second between the convolutions and the quantizer, where Transformers run."""
        return self.sample_rate / math.prod(self.encoder_rates)

    @property
    def transformer(self) -> TransformerConfig:
        return TransformerConfig(
            dim=self.transformer_dim,
            n_layers=self.n_layers,
            n_heads=self.n_heads,
            hidden=self.hidden,
            context=round(self.context_seconds * self.attention_rate),
            layer_scale=self.layer_scale,
            step_size=self.frame_rate_divisor,
        )


class Contextual(Streaming):
    """Causal Transformer layers of a width of their own, added to the frames they have read."""

    def __init__(self, dim: int, config: TransformerConfig) -> None:
        super().__init__()
        self.proj_in = nn.Linear(dim, config.dim, bias=False)
        self.transformer = Transformer(config)
        self.proj_out = nn.Linear(config.dim, dim, bias=False)

    def initial_state(self, batch: int) -> State:
        return {"transformer": self.transformer.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T]
        y, after = self.transformer(self.proj_in(x.transpose(1, 2)), part(state, "transformer"))
        return x + self.proj_out(y).transpose(1, 2), {"transformer": after}


class TeluguCodec(CodecModel):
    """A causal codec: DAC's layers without look-ahead, Transformers where frames are slow, split codes."""

    def __init__(self, config: TeluguConfig) -> None:
        super().__init__()
        self.config = config
        dim, divisor = config.latent_dim, config.frame_rate_divisor
        convs = DacConvs(causal=True, weight_norm=config.weight_norm)
        to_latent: list[Streaming] = [DacEncoder(config.encoder_dim, config.encoder_rates, dim, convs)]
        from_latent: list[Streaming] = [DacDecoder(dim, config.decoder_dim, config.decoder_rates, convs)]
        for end in to_latent, from_latent:
            end[0].apply(init_dac_weights)
        if config.n_layers:
            to_latent.append(Contextual(dim, config.transformer))
            from_latent.insert(0, Contextual(dim, config.transformer))
        if divisor > 1:
            to_latent.append(
                CausalConv1d(dim, dim, 2 * divisor, stride=divisor, bias=False, padding="replicate")
            )
            from_latent.insert(
                0, CausalConvTranspose1d(dim, dim, 2 * divisor, stride=divisor, bias=False, groups=dim)
            )
        self.encoder = Chain(*to_latent)
        self.quantizer = self._make_quantizer()
        self.decoder = Chain(*from_latent)
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=config.codebook_sizes,
        )

    def _make_quantizer(self) -> Quantizer:
        sizes = self.config.codebook_sizes
        if not self.config.split:
            return self._residual(sizes, self.config.quantizer_dropout)
        return SplitVQ(
            self._residual(sizes[:1], 0.0), self._residual(sizes[1:], self.config.quantizer_dropout)
        )

    def _residual(self, sizes: tuple[int, ...], quantizer_dropout: float) -> FactorisedVQ:
        config = self.config
        return FactorisedVQ(
            FactorisedVQConfig(
                dim=config.latent_dim,
                codebook_dim=config.codebook_dim,
                codebook_sizes=sizes,
                weight_norm=config.weight_norm,
                quantizer_dropout=quantizer_dropout,
                no_quantization_rate=config.no_quantization_rate,
                gradient=config.gradient,
                kmeans_iterations=config.kmeans_iterations,
                dead_below=config.dead_below,
            )
        )


SEMANTIC_FIRST = (2048, *(1024,) * 7)

TELUGU_200HZ = TeluguConfig()
TELUGU_50HZ = TeluguConfig(encoder_rates=(2, 4, 5, 8), decoder_rates=(8, 5, 4, 2))
TELUGU_HYBRID_50HZ = replace(TELUGU_50HZ, codebook_sizes=SEMANTIC_FIRST, split=True, n_layers=4)
TELUGU_HYBRID_12HZ = replace(
    TELUGU_HYBRID_50HZ,
    sample_rate=24_000,
    encoder_rates=(4, 5, 6, 8),
    decoder_rates=(8, 6, 5, 4),
    frame_rate_divisor=2,
)


def small(config: TeluguConfig) -> TeluguConfig:
    """The same codec at a width that runs live on a CPU."""
    layers = min(config.n_layers, 2)
    config = replace(config, encoder_dim=32, decoder_dim=512, latent_dim=512)
    return replace(config, n_layers=layers, transformer_dim=384, hidden=1536)


TELUGU_PRESETS: dict[str, TeluguConfig] = {
    "telugu-200hz": TELUGU_200HZ,
    "telugu-50hz": TELUGU_50HZ,
    "telugu-hybrid-50hz": TELUGU_HYBRID_50HZ,
    "telugu-hybrid-12hz": TELUGU_HYBRID_12HZ,
    "telugu-200hz-small": small(TELUGU_200HZ),
    "telugu-50hz-small": small(TELUGU_50HZ),
    "telugu-hybrid-50hz-small": small(TELUGU_HYBRID_50HZ),
    "telugu-hybrid-12hz-small": small(TELUGU_HYBRID_12HZ),
}
