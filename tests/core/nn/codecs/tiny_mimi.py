"""A small Mimi with random weights, and those weights as others would publish them."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor, nn

from core.nn.codecs.mimi import RELEASED_TRANSFORMER, Mimi, MimiConfig
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.rope import split_half_to_interleaved
from core.nn.seanet import SeanetConfig

TINY = MimiConfig(
    seanet=SeanetConfig(dimension=64, n_filters=4, ratios=(4, 3, 2)),
    transformer=dataclasses.replace(
        RELEASED_TRANSFORMER, dim=64, n_layers=2, n_heads=1, hidden=96, context=6
    ),
    n_codebooks=5,
    codebook_size=32,
    codebook_dim=16,
)


def tiny_mimi(config: MimiConfig = TINY) -> Mimi:
    torch.manual_seed(5)
    model = Mimi(config).eval()
    for module in model.modules():
        if isinstance(module, EuclideanCodebook):
            module.embedding.normal_()
            module.usage.uniform_(0.5, 2)
            module.initialised.fill_(True)
    for name, weight in model.named_parameters():
        if name.endswith(".scale"):
            nn.init.uniform_(weight, 0.2, 0.5)
    return model


def as_moshi(model: Mimi) -> dict[str, Tensor]:
    """The weights under the names of the moshi package's files."""
    theirs: dict[str, Tensor] = {}
    for name, weight in model.state_dict().items():
        value = weight.clone()
        side, _, rest = name.partition(".")
        if rest.startswith("seanet."):
            up = side == "decoder" and name.count(".conv.") == 1 and ".branch." not in name
            number = int(rest.split(".")[1])
            up = up and number not in (0, max_index(model))
            rest = rest.replace("seanet.", "model.").replace(".branch.", ".block.")
            theirs[f"{side}.{rest.replace('.conv.', '.convtr.convtr.' if up else '.conv.conv.')}"] = value
        elif rest.startswith("transformer."):
            if "in_proj" in rest:
                q, k, v = value.chunk(3)
                heads = model.config.transformer.n_heads
                value = torch.cat(
                    [split_half_to_interleaved(q, heads), split_half_to_interleaved(k, heads), v]
                )
            for ours, new in (
                ("attention.in_proj.sets.0.weight", "self_attn.in_proj_weight"),
                ("attention.out_proj.sets.0", "self_attn.out_proj"),
                ("feed_forward.sets.0.linear_in", "linear1"),
                ("feed_forward.sets.0.linear_out", "linear2"),
                ("scale1", "layer_scale_1"),
                ("scale2", "layer_scale_2"),
            ):
                rest = rest.replace(ours, new)
            theirs[f"{side}_transformer.{rest}"] = value
        elif rest.startswith("downsample"):
            theirs["downsample.conv.conv.conv.weight"] = value
        elif rest.startswith("upsample"):
            theirs["upsample.convtr.convtr.convtr.weight"] = value
        else:
            rest = rest.replace("semantic", "rvq_first").replace("acoustic", "rvq_rest")
            if "codebooks" not in rest:
                theirs[f"quantizer.{rest}"] = value
                continue
            part, _, number, kind = rest.split(".")
            book = f"quantizer.{part}.vq.layers.{number}._codebook"
            if kind == "initialised":
                theirs[f"{book}._initialized"] = value.float()
            elif kind == "usage":
                theirs[f"{book}.cluster_usage"] = value
            else:
                usage = model.state_dict()[name.replace("embedding", "usage")]
                theirs[f"{book}.embedding_sum"] = value * usage[:, None]
    return theirs


def max_index(model: Mimi) -> int:
    return len(list(model.decoder.seanet.children())) - 1
