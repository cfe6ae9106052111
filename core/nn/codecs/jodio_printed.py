"""PrintedJodio: JODIO exactly as its published print shows it, to be counted and analysed. It cannot run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from torch import nn
from torch.nn.utils.parametrizations import weight_norm

CHANNELS = 896
RATES = (4, 5, 6, 8)
LAST_RATE = 2
ENCODER_DIM, ENCODER_INNER, ENCODER_HIDDEN, ENCODER_LAYERS = 1028, 1024, 4112, 22
DECODER_DIM, DECODER_HIDDEN, DECODER_LAYERS = 256, 1024, 4
CODEBOOK_SIZE, N_SEMANTIC, N_ACOUSTIC = 2048, 2, 8
DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class BrokenJoin:
    """Two neighbours of the print whose widths do not meet."""

    before: str
    gives: int
    after: str
    takes: int

    def __str__(self) -> str:
        return f"{self.before} gives {self.gives} features, {self.after} takes {self.takes}"


def _dilated(dilation: int) -> nn.Sequential:
    conv = nn.Conv1d(CHANNELS, CHANNELS, 3, padding=2 * dilation, dilation=dilation)
    return nn.Sequential(weight_norm(conv), nn.SiLU())


class _ConvBlock(nn.Module):
    """Three dilated convolutions and a resampler that looks at three samples whatever its stride."""

    def __init__(self, rate: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_dilated(dilation) for dilation in (1, 2, 4))
        self.downsample = nn.Conv1d(CHANNELS, CHANNELS, 3, stride=rate, padding=2)


class _SeaNetEncoder(nn.Module):
    """The convolutions before the Transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.input_proj = nn.Conv1d(1, CHANNELS, 3, padding=1)
        self.conv_blocks = nn.ModuleList(_ConvBlock(rate) for rate in RATES)
        self.final_conv = nn.Conv1d(CHANNELS, CHANNELS, 3, stride=LAST_RATE, padding=2)


class _TransposedConvBlock(nn.Module):
    """A resampler and three dilated convolutions, the widest first."""

    def __init__(self, rate: int) -> None:
        super().__init__()
        self.upsample = _upsample(rate)
        self.layers = nn.ModuleList(_dilated(dilation) for dilation in (4, 2, 1))


class _SeaNetDecoder(nn.Module):
    """The convolutions after the Transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.initial_upsample = _upsample(LAST_RATE)
        self.conv_blocks = nn.ModuleList(_TransposedConvBlock(rate) for rate in reversed(RATES))
        self.final_proj = nn.Conv1d(CHANNELS, 1, 3, padding=2)


def _upsample(rate: int) -> nn.ConvTranspose1d:
    return nn.ConvTranspose1d(CHANNELS, CHANNELS, 3, stride=rate, padding=2, output_padding=rate - 1)


class _Attention(nn.Module):
    """Four projections without bias."""

    def __init__(self, dim: int, inner: int) -> None:
        super().__init__()
        self.q_proj = nn.Linear(dim, inner, bias=False)
        self.k_proj = nn.Linear(dim, inner, bias=False)
        self.v_proj = nn.Linear(dim, inner, bias=False)
        self.out_proj = nn.Linear(inner, dim, bias=False)
        self.dropout = nn.Dropout(DROPOUT)


class _FeedForward(nn.Module):
    """Two Linears without bias."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.linear1 = nn.Linear(dim, hidden, bias=False)
        self.linear2 = nn.Linear(hidden, dim, bias=False)
        self.dropout = nn.Dropout(DROPOUT)


class _TransformerBlock(nn.Module):
    """Attention and feed-forward, each with an RMSNorm."""

    def __init__(self, dim: int, inner: int, hidden: int) -> None:
        super().__init__()
        self.attention = _Attention(dim, inner)
        self.feed_forward = _FeedForward(dim, hidden)
        self.attention_norm = nn.RMSNorm(dim)
        self.mlp_norm = nn.RMSNorm(dim)


class _Transformer(nn.Module):
    """Blocks and a last norm."""

    def __init__(self, layers: int, dim: int, inner: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_TransformerBlock(dim, inner, hidden) for _ in range(layers))
        self.norm = nn.RMSNorm(dim)


class _VectorQuantizer(nn.Module):
    """One codebook."""

    def __init__(self) -> None:
        super().__init__()
        self.codebook = nn.Embedding(CODEBOOK_SIZE, ENCODER_DIM)


class _ResidualVectorQuantizer(nn.Module):
    """Codebooks in a row."""

    def __init__(self, levels: int) -> None:
        super().__init__()
        self.quantizers = nn.ModuleList(_VectorQuantizer() for _ in range(levels))


class PrintedJodio(nn.Module):
    """The published module print, attribute by attribute; build it on the meta device to count it."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = _SeaNetEncoder()
        self.encoder_transformer = _Transformer(ENCODER_LAYERS, ENCODER_DIM, ENCODER_INNER, ENCODER_HIDDEN)
        self.pre_vq_proj = nn.Linear(CHANNELS, ENCODER_DIM)
        self.semantic_rvq = _ResidualVectorQuantizer(N_SEMANTIC)
        self.acoustic_rvq = _ResidualVectorQuantizer(N_ACOUSTIC)
        self.post_vq_proj = nn.Linear(6, CHANNELS)
        self.decoder_transformer = _Transformer(DECODER_LAYERS, DECODER_DIM, DECODER_DIM, DECODER_HIDDEN)
        self.decoder = _SeaNetDecoder()

    def call_order(self) -> list[tuple[str, int, int]]:
        """Each part with the width it takes and the width it gives, in the only order that makes sense.

        Modules print in the order they were registered, which here is not the order of the calls.
        """
        pre, post = self.pre_vq_proj, self.post_vq_proj
        return [
            ("encoder", 1, CHANNELS),
            ("pre_vq_proj", pre.in_features, pre.out_features),
            ("encoder_transformer", ENCODER_DIM, ENCODER_DIM),
            ("semantic_rvq + acoustic_rvq", ENCODER_DIM, ENCODER_DIM),
            ("decoder_transformer", DECODER_DIM, DECODER_DIM),
            ("post_vq_proj", post.in_features, post.out_features),
            ("decoder", CHANNELS, 1),
        ]

    def broken_joins(self) -> list[BrokenJoin]:
        """The joins that cannot run."""
        pairs = pairwise(self.call_order())
        return [BrokenJoin(a, out, b, into) for (a, _, out), (b, into, _) in pairs if out != into]

    def doubts(self) -> list[str]:
        """What runs in the print and cannot be meant."""
        skipped = ", ".join(f"{rate - 3} of {rate}" for rate in RATES)
        frames = "one frame too many, and the decoder two samples too few"
        return [
            f"resamplers of kernel 3 at strides {RATES} never look at {skipped} samples",
            "dilated convolutions padded by (k - 1) d on both sides lengthen the sound and look ahead",
            f"with padding 2 the encoder gives {frames}",
            f"{ENCODER_DIM} is not a multiple of its 16 heads; inner width {ENCODER_INNER} makes it legal",
        ]
