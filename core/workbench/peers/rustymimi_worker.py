"""Kyutai's Mimi in Rust.

python -m core.workbench.peers.rustymimi_worker WEIGHTS K
"""

from __future__ import annotations

import sys
from importlib import import_module

import numpy as np

from core.workbench.peers import worker


def run(weights: str, n_codebooks: int) -> None:
    model = import_module("rustymimi").Tokenizer(weights, num_codebooks=n_codebooks)

    def encode(pcm: worker.Pcm) -> worker.Codes:
        found: worker.Codes = model.encode_step(pcm[None, None])[0, :, 0].astype(np.int64)
        return found

    def decode(codes: worker.Codes) -> worker.Pcm:
        sound: worker.Pcm = model.decode_step(codes[None, :, None].astype(np.uint32))[0, 0]
        return sound

    worker.serve(encode, decode)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
