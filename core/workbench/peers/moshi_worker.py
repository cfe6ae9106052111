"""Moshi's Mimi in torch. Also makes the random weights that every implementation reads.

python -m core.workbench.peers.moshi_worker make WEIGHTS K
python -m core.workbench.peers.moshi_worker run WEIGHTS K
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import torch

from core.workbench.peers import worker


def make(weights: str, n_codebooks: int) -> None:
    """Random weights under the names of the published file."""
    save_file = import_module("safetensors.torch").save_file
    torch.manual_seed(0)
    model = import_module("moshi.models.loaders").get_mimi(None, num_codebooks=n_codebooks)
    named = {}
    for name, value in model.state_dict().items():
        if name.endswith("embedding_sum"):
            value = torch.randn(value.shape) * 0.1
        elif name.endswith(("cluster_usage", "_initialized")):
            value = torch.ones(value.shape)
        elif "layer_scale" in name:
            value = torch.full(value.shape, 0.1)
        name = name.replace("in_projs.0.weight", "in_proj_weight")
        named[name.replace("out_projs.0.weight", "out_proj.weight")] = value.contiguous()
    save_file(named, weights)


def run(weights: str, n_codebooks: int) -> None:
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    model = import_module("moshi.models.loaders").get_mimi(weights, num_codebooks=n_codebooks)
    model.streaming_forever(1)

    def encode(pcm: worker.Pcm) -> worker.Codes:
        codes: Any = model.encode(torch.from_numpy(pcm)[None, None])[0, :, 0]
        found: worker.Codes = codes.numpy()
        return found

    def decode(codes: worker.Codes) -> worker.Pcm:
        sound: worker.Pcm = model.decode(torch.from_numpy(codes)[None, :, None])[0, 0].numpy()
        return sound

    worker.serve(encode, decode)


if __name__ == "__main__":
    {"make": make, "run": run}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
