"""Mimi's published weights: the moshi package's layout and that of Hugging Face transformers."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights
from core.nn.codecs.mimi import RELEASED_TRANSFORMER, Mimi, MimiConfig
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.reader import Layout, Reader, Renames, rename
from core.nn.rope import interleaved_to_split_half
from core.nn.seanet import SeanetConfig

HEAD_DIM = 64  # of every Mimi published so far; the shapes do not tell it

MOSHI_NAMES: Renames = (
    (r"^(encoder|decoder)\.model\.", r"\1.seanet."),
    (r"\.block\.", r".branch."),
    (r"^downsample\.", r"encoder.downsample."),
    (r"^upsample\.", r"decoder.upsample."),
    (r"(\.convtr)+\.|(\.conv)+\.", r".conv."),
    (r"^(encoder|decoder)_transformer\.transformer\.", r"\1.transformer."),
    (r"\.self_attn\.(in|out)_proj(s\.0\.|\.|_)weight$", r".attention.\1_proj.sets.0.weight"),
    (r"\.linear1\.", r".feed_forward.sets.0.linear_in."),
    (r"\.linear2\.", r".feed_forward.sets.0.linear_out."),
    (r"\.layer_scale_([12])\.", r".scale\1."),
    (r"\.rvq_first\.", r".semantic."),
    (r"\.rvq_rest\.", r".acoustic."),
    (r"\.vq\.layers\.(\d+)\._codebook\.", r".codebooks.\1."),
    (r"\.(_initialized|inited)$", r".initialised"),
    (r"\.(cluster_usage|cluster_size)$", r".usage"),
    (r"\.(embed_avg|embed_sum)$", r".embedding_sum"),
)

TRANSFORMERS_NAMES: Renames = (
    # the files on disk, and the names that newer releases use in memory
    (r"^(encoder|decoder)\.(\1_seanet\.)?layers\.", r"\1.seanet."),
    (r"^((encoder|decoder)\.)?(encoder|decoder)_transformer\.", r"\3.transformer."),
    (r"^(encoder\.)?downsample\.", r"encoder.downsample."),
    (r"^(decoder\.)?upsample\.", r"decoder.upsample."),
    (r"\.block\.", r".branch."),
    (r"\.self_attn\.o_proj\.", r".attention.out_proj.sets.0."),
    (r"\.self_attn\.([qkv])_proj\.", r".attention.\1_proj."),
    (r"\.input_layernorm\.", r".norm1."),
    (r"\.post_attention_layernorm\.", r".norm2."),
    (r"\.mlp\.fc1\.", r".feed_forward.sets.0.linear_in."),
    (r"\.mlp\.fc2\.", r".feed_forward.sets.0.linear_out."),
    (r"\.self_attn_layer_scale\.", r".scale1."),
    (r"\.mlp_layer_scale\.", r".scale2."),
    (r"\.semantic_residual_vector_quantizer\.", r".semantic."),
    (r"\.acoustic_residual_vector_quantizer\.", r".acoustic."),
    (r"\.layers\.(\d+)\.codebook\.", r".codebooks.\1."),
    (r"\.initialized$", r".initialised"),
    (r"\.cluster_usage$", r".usage"),
    (r"\.embed_sum$", r".embedding_sum"),
)


def _is_moshi(shapes: Shapes) -> bool:
    return {"encoder.model.0.conv.conv.weight", "quantizer.rvq_first.input_proj.weight"} <= set(shapes)


def _is_transformers(shapes: Shapes) -> bool:
    wanted = {"downsample.conv.weight", "quantizer.semantic_residual_vector_quantizer.input_proj.weight"}
    return wanted <= {name.removeprefix("encoder.") for name in shapes}


def _from_moshi(weights: Weights) -> tuple[MimiConfig, dict[str, Tensor]]:
    ours = {new: weights[old] for old, new in rename(weights, MOSHI_NAMES).items()}
    for name in [name for name in ours if name.endswith(".in_proj.sets.0.weight")]:
        q, k, v = ours[name].chunk(3)
        n_heads = q.shape[1] // HEAD_DIM
        q, k = interleaved_to_split_half(q, n_heads), interleaved_to_split_half(k, n_heads)
        ours[name] = torch.cat([q, k, v])
    return _finished(ours)


def _from_transformers(weights: Weights) -> tuple[MimiConfig, dict[str, Tensor]]:
    ours = {new: weights[old] for old, new in rename(weights, TRANSFORMERS_NAMES).items()}
    for name in [name for name in ours if name.endswith(".attention.q_proj.weight")]:
        names = [name.replace("q_proj", part) for part in ("q_proj", "k_proj", "v_proj")]
        ours[name.replace("q_proj", "in_proj.sets.0")] = torch.cat([_taken(ours, part) for part in names])
    return _finished(ours)


def _finished(ours: dict[str, Tensor]) -> tuple[MimiConfig, dict[str, Tensor]]:
    """What both layouts have in common: codebooks as sums and counts."""
    for name in [name for name in ours if name.endswith(".embedding_sum")]:
        prefix = name.removesuffix("embedding_sum")
        usage = _seen(ours, prefix + "usage").float()
        total = _taken(ours, name).float()
        if usage.shape != total.shape[:1]:
            raise ModelError(f"The codebook {prefix[:-1]} has {len(total)} codes and {len(usage)} counts.")
        ours[prefix + "embedding"] = total / usage.clamp(min=EuclideanCodebook.EPS)[:, None]
        ours[prefix + "initialised"] = _seen(ours, prefix + "initialised") > 0
    return _told_config(ours), ours


def _told_config(ours: dict[str, Tensor]) -> MimiConfig:
    """The config that the shapes tell."""
    n_layers = sum(name.startswith("encoder.transformer") and name.endswith("norm1.weight") for name in ours)
    ratios, at = [], 2
    while (
        f"decoder.seanet.{at}.conv.weight" in ours
        and ours[f"decoder.seanet.{at}.conv.weight"].shape[2] % 2 == 0
    ):
        ratios.append(ours[f"decoder.seanet.{at}.conv.weight"].shape[2] // 2)
        at += 3
    dim = _seen(ours, "encoder.downsample.conv.weight").shape[0]
    size, codebook_dim = _seen(ours, "quantizer.semantic.codebooks.0.embedding").shape
    seanet = SeanetConfig(
        dimension=dim,
        n_filters=_seen(ours, "encoder.seanet.0.conv.weight").shape[0],
        ratios=tuple(ratios),
    )
    transformer = replace(
        RELEASED_TRANSFORMER,
        dim=dim,
        n_layers=n_layers,
        n_heads=max(1, dim // HEAD_DIM),
        hidden=_seen(ours, "encoder.transformer.layers.0.feed_forward.sets.0.linear_in.weight").shape[0],
    )
    books = [name for name in ours if name.startswith("quantizer.") and name.endswith(".embedding")]
    return MimiConfig(
        seanet=seanet,
        transformer=transformer,
        n_codebooks=len(books),
        n_semantic=sum(".semantic." in name for name in books),
        codebook_size=size,
        codebook_dim=codebook_dim,
    )


def _seen(ours: dict[str, Tensor], name: str) -> Tensor:
    if name not in ours:
        raise ModelError(f"The weights do not fit mimi (missing: {name}).", "The file may have been changed.")
    return ours[name]


def _taken(ours: dict[str, Tensor], name: str) -> Tensor:
    tensor = _seen(ours, name)
    del ours[name]
    return tensor


MIMI = Reader(
    "mimi",
    MimiConfig,
    Mimi,
    (
        Layout("moshi", _is_moshi, _from_moshi),
        Layout("transformers", _is_transformers, _from_transformers),
    ),
)
