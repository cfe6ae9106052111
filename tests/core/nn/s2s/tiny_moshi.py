"""Small models of the Moshi family in the words of their config.json, and their files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from core.nn.feed_forward import gated_width

MOSHI: dict[str, Any] = {
    "model_type": "moshi",
    "dim": 64,
    "text_card": 48,
    "existing_text_padding_id": 3,
    "n_q": 16,
    "dep_q": 8,
    "card": 32,
    "num_heads": 4,
    "num_layers": 2,
    "hidden_scale": 4.125,
    "causal": True,
    "layer_scale": None,
    "context": 40,
    "max_period": 10_000,
    "gating": "silu",
    "norm": "rms_norm_f32",
    "positional_embedding": "rope",
    "depformer_dim": 32,
    "depformer_dim_feedforward": 132,
    "depformer_num_heads": 4,
    "depformer_num_layers": 2,
    "depformer_layer_scale": None,
    "depformer_multi_linear": True,
    "depformer_context": 8,
    "depformer_max_period": 10_000,
    "depformer_gating": "silu",
    "depformer_pos_emb": "none",
    "depformer_weights_per_step": True,
    "delays": [0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1],
}
PERSONAPLEX = {**MOSHI, "model_type": "personaplex", "dep_q": 16}
HIBIKI_ZERO = {
    **MOSHI,
    "model_type": "hibiki",
    "kv_repeat": 2,
    "depformer_kv_repeat": 1,
    "positional_embedding": "rope_concat",
    "max_period": 20_000,
    "delays": [0, *[0, 2, 2, 2, 2, 2, 2, 2] * 2],
    "depformer_low_rank_embeddings": 12,
    "depformer_norm": "layer_norm",
}
SCHEDULED = {
    **MOSHI,
    "n_q": 8,
    "dep_q": 4,
    "delays": [0, *[0, 2, 2, 2] * 2],
    "depformer_weights_per_step_schedule": [0, 1, 2, 2],
    "hidden_scale": 4,
}
LISTENER = {
    **{name: value for name, value in MOSHI.items() if not name.startswith("depformer")},
    "model_type": "stt",
    "n_q": 6,
    "dep_q": 0,
    "delays": [0] * 7,
    "extra_heads_num_heads": 4,
    "extra_heads_dim": 6,
    "max_period": 100_000,
}


def publish(folder: Path, weights: Mapping[str, Tensor], published: Mapping[str, Any]) -> Path:
    """Weights and config as they lie on the model hub."""
    path = folder / "model.safetensors"
    save_file({name: value.contiguous() for name, value in weights.items()}, path)
    (folder / "config.json").write_text(json.dumps(dict(published)))
    return path


def random_weights(published: Mapping[str, Any], spread: float = 0.15) -> dict[str, Tensor]:
    """The tensors of such a model under the names of the moshi package's files, the stacked ones stacked."""
    dim, text, card = published["dim"], published["text_card"], published["card"]
    shapes: dict[str, tuple[int, ...]] = {
        "text_emb.weight": (text + 1, dim),
        "text_linear.weight": (text, dim),
        "out_norm.alpha": (1, 1, dim),
    }
    for book in range(published["n_q"]):
        shapes[f"emb.{book}.weight"] = (card + 1, dim)
    for head in range(published.get("extra_heads_num_heads", 0)):
        shapes[f"extra_heads.{head}.weight"] = (published["extra_heads_dim"], dim)
    wide = dim + 2 * dim // published.get("kv_repeat", 1)
    for layer in range(published["num_layers"]):
        shapes |= _layer(f"transformer.layers.{layer}", dim, wide, gated_width(dim, int(4.125 * dim)), 1)
    shapes |= _depth(published) if published["dep_q"] else {"depformer_in.0.weight": (8, dim)}
    generator = torch.Generator().manual_seed(3)
    return {name: spread * torch.randn(shape, generator=generator) for name, shape in shapes.items()}


def _depth(published: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    count, card, dim = published["dep_q"], published["card"], published["depformer_dim"]
    low = published.get("depformer_low_rank_embeddings")
    shapes: dict[str, tuple[int, ...]] = {}
    tables = {"depformer_text_emb": published["text_card"] + 1}
    tables |= {f"depformer_emb.{step}": card + 1 for step in range(count - 1)}
    for name, rows in tables.items():
        shapes[f"{name}.weight"] = (rows, low or dim)
        if low:
            shapes[f"{name}.low_rank.weight"] = (dim, low)
    for step in range(count):
        shapes[f"depformer_in.{step}.weight"] = (dim, published["dim"])
        shapes[f"linears.{step}.weight"] = (card, dim)
        if published.get("depformer_norm"):
            shapes[f"depformer_norms.{step}.weight"] = shapes[f"depformer_norms.{step}.bias"] = (dim,)
    inner = gated_width(dim, published["depformer_dim_feedforward"])
    for layer in range(published["depformer_num_layers"]):
        shapes |= _layer(f"depformer.layers.{layer}", dim, 3 * dim, inner, count)
    return shapes


def _layer(prefix: str, dim: int, wide: int, inner: int, sets: int) -> dict[str, tuple[int, ...]]:
    gates = [".gating"] if sets == 1 else [f".gating.{number}" for number in range(sets)]
    return {
        f"{prefix}.norm1.alpha": (1, 1, dim),
        f"{prefix}.norm2.alpha": (1, 1, dim),
        f"{prefix}.self_attn.in_proj_weight": (sets * wide, dim),
        f"{prefix}.self_attn.out_proj.weight": (sets * dim, dim),
        **{f"{prefix}{gate}.linear_in.weight": (2 * inner, dim) for gate in gates},
        **{f"{prefix}{gate}.linear_out.weight": (dim, inner) for gate in gates},
    }
