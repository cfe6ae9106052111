"""Small models of the Moshi family in the words of their config.json, and their files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import Tensor

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
