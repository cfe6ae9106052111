"""DualCodec's published weights."""

from __future__ import annotations

import math
from dataclasses import replace

from torch import Tensor

from core.nn.checkpoint import Shapes, Weights
from core.nn.codecs.dac_weights import DESCRIPT_NAMES, renamed, seen, told_levels, told_rates
from core.nn.codecs.dualcodec import DUALCODEC_25HZ_V1, DualCodec, DualCodecConfig
from core.nn.reader import Layout, Reader, Renames

PUBLISHED_NAMES: Renames = (
    (r"^dac\.", r""),
    *DESCRIPT_NAMES,
    (r"^convnext_(encoder|decoder)\.(\d+)\.(weight|bias)", r"semantic_\1.\2.conv.\3"),
    (r"^convnext_(encoder|decoder)\.", r"semantic_\1."),
    (r"\.dwconv\.", r".depthwise.conv."),
    (r"\.pwconv1\.", r".expand."),
    (r"\.pwconv2\.", r".contract."),
    (r"^semantic_vq\.quantizers\.", r"semantic_quantizer.levels."),
)


def _is_published(shapes: Shapes) -> bool:
    return {"convnext_decoder.0.dwconv.weight", "semantic_vq.quantizers.0.codebook.weight"} <= set(shapes)


def _from_published(weights: Weights) -> tuple[DualCodecConfig, dict[str, Tensor]]:
    ours = renamed(weights, PUBLISHED_NAMES)
    return _told_config(ours), ours


def _told_config(ours: Weights) -> DualCodecConfig:
    """The config that the shapes tell; causal ConvNeXt blocks as in both releases, which shapes do not."""
    released = DUALCODEC_25HZ_V1
    n_codebooks, size, dim = told_levels(ours, "quantizer.")
    _, semantic_size, semantic_codebook_dim = told_levels(ours, "semantic_quantizer.")
    rates = told_rates(ours, "encoder", 4)
    width = seen(ours, "encoder.conv_out.conv.weight").shape[0]
    convnext_dim, semantic_dim, _ = seen(ours, "semantic_encoder.0.conv.weight").shape
    factor = round(released.semantic_frame_rate * math.prod(rates) / released.sample_rate)
    return replace(
        released,
        encoder_dim=seen(ours, "encoder.conv_in.conv.weight").shape[0],
        encoder_rates=rates,
        latent_dim=width,
        decoder_dim=seen(ours, "decoder.conv_in.conv.weight").shape[0],
        decoder_rates=told_rates(ours, "decoder", 1),
        n_codebooks=n_codebooks,
        codebook_size=size,
        codebook_dim=dim,
        semantic_codebook_size=semantic_size,
        semantic_codebook_dim=semantic_codebook_dim,
        convnext_dim=convnext_dim,
        convnext_layers=sum(
            name.startswith("semantic_decoder.") and name.endswith(".norm.weight") for name in ours
        ),
        convnext_hidden=seen(ours, "semantic_decoder.0.expand.weight").shape[0],
        semantic_dim=semantic_dim,
        semantic_downsample_factor=max(factor, 1),
    )


DUALCODEC = Reader(
    "dualcodec", DualCodecConfig, DualCodec, (Layout("published", _is_published, _from_published),)
)
