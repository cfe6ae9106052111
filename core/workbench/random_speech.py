"""Speech models of a known shape with random weights, as graphs: as fast as trained ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from core.errors import PalukuError
from core.nn.s2s.checkpoint_config import from_published
from core.nn.s2s.conformer import CONFORMER, Conformer, ConformerConfig
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.duplex import DUPLEX
from core.s2s.base import SpeechModel, SpeechSpec
from core.s2s.onnx import OnnxDuplexModel, OnnxTurnModel
from core.s2s.vocabulary import Vocabulary
from core.training.export.speech import write_speech

MOSHI_SMALL = {
    "dim": 512, "num_heads": 8, "num_layers": 6, "hidden_scale": 4.125, "text_card": 4000, "n_q": 16,
    "dep_q": 8, "card": 2048, "context": 3000, "max_period": 10_000, "gating": "silu",
    "norm": "rms_norm_f32", "positional_embedding": "rope", "depformer_dim": 256,
    "depformer_dim_feedforward": 1056, "depformer_num_heads": 8, "depformer_num_layers": 4,
    "depformer_multi_linear": True, "depformer_gating": "silu", "depformer_pos_emb": "none",
    "depformer_weights_per_step": True, "existing_text_padding_id": 3,
    "delays": [0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1],
}  # fmt: skip
"""The moshi package's words for its shape at a small size (75.8 M parameters)."""

FRAME_RATE = 12.5


def shapes() -> list[str]:
    """The shapes that can be made, but for those that are too large for a graph."""
    return [name for name in (*DUPLEX, *CONFORMER, "moshi-small") if name != "moshi-7b"]


def random_speech(name: str, folder: Path, *, int8: bool = False) -> SpeechModel:
    """A model of this shape; the words that it writes are numbers."""
    if name not in shapes():
        raise PalukuError(f"There is no shape {name}.", f"There are: {', '.join(shapes())}.")
    known: dict[str, DecoderConfig | ConformerConfig] = {**DUPLEX, **CONFORMER}
    config = from_published(MOSHI_SMALL) if name == "moshi-small" else known[name]
    torch.manual_seed(0)
    model = SpeechDecoder(config) if isinstance(config, DecoderConfig) else Conformer(config)
    decoder = config if isinstance(config, DecoderConfig) else config.decoder
    spec = SpeechSpec(
        codec="any",
        codebook_sizes=decoder.streams.own_sizes,
        frame_rate=FRAME_RATE,
        speakers=("random",),
        duplex=isinstance(config, DecoderConfig),
    )
    if isinstance(model, Conformer):  # a random model must not end its answer by chance
        streams = replace(decoder.streams, text_end=-1)
        model.decoder.config = replace(decoder, streams=streams)
    pieces = [f"<{number}>" for number in range(max(decoder.streams.text_size, 1))]
    files = write_speech(model.eval(), spec, pieces, folder, int8=int8)
    words = Vocabulary(pieces)
    if "converse" in files:
        return OnnxDuplexModel(spec, files["converse"], words)
    return OnnxTurnModel(spec, files["listen"], files["speak"], words)
