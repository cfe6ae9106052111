"""The semantic features of the released DualCodecs: a hidden state of w2v-bert-2.0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from core.audio.resample import resample
from core.errors import ModelError
from core.nn.checkpoint import open_weights
from core.nn.streaming import State, Streaming

HIDDEN_STATE = 17  # of 24: what the released DualCodecs were trained with
SAMPLE_RATE = 16_000
STATS_FILE = "w2vbert2_mean_var_stats_emilia.pt"


class W2vBertFeatures(Streaming):
    """Hidden state 17 of w2v-bert-2.0, 50 Hz x 1024, normalised. It looks both ways: for whole files only."""

    def __init__(self, model: nn.Module, extractor: Any, mean: Tensor, std: Tensor, sample_rate: int) -> None:
        super().__init__()
        self.model = model
        self.extractor = extractor
        self.mean = nn.Buffer(mean, persistent=False)
        self.std = nn.Buffer(std, persistent=False)
        self.sample_rate = sample_rate

    def initial_state(self, batch: int) -> State:
        return {}

    @torch.no_grad()
    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, 1, T] -> [B, 1024, T']
        sounds = [resample(pcm, self.sample_rate, SAMPLE_RATE) for pcm in x[:, 0].cpu().numpy()]
        mels = self.extractor(list(np.stack(sounds)), sampling_rate=SAMPLE_RATE, return_tensors="pt")
        heard = self.model(
            input_features=mels["input_features"].to(x.device),
            attention_mask=mels["attention_mask"].to(x.device),
            output_hidden_states=True,
        )
        features = (heard.hidden_states[HIDDEN_STATE] - self.mean) / self.std  # [B, T', 1024]
        return features.transpose(1, 2), {}


def load_w2vbert(folder: Path, stats: Path, sample_rate: int) -> W2vBertFeatures:
    """The features of a w2v-bert-2.0 on disk, normalised by the statistics released with DualCodec."""
    if not (folder / "config.json").is_file() or not stats.is_file():
        raise ModelError(
            "DualCodec encodes with w2v-bert-2.0, which is not on this computer.",
            f"Put facebook/w2v-bert-2.0 into {folder} and {STATS_FILE} of amphion/dualcodec beside it.",
        )
    try:
        from transformers import SeamlessM4TFeatureExtractor, Wav2Vec2BertModel
    except ImportError as error:
        raise ModelError(
            "w2v-bert-2.0 needs the transformers package.", "pip install transformers"
        ) from error
    model: nn.Module = Wav2Vec2BertModel.from_pretrained(folder, local_files_only=True)
    model.eval()
    extractor = SeamlessM4TFeatureExtractor.from_pretrained(folder, local_files_only=True)
    keep_layers(model)
    weights = open_weights(stats)
    return W2vBertFeatures(model, extractor, weights["mean"], weights["var"].sqrt(), sample_rate)


def keep_layers(model: nn.Module) -> None:
    """Leave out the layers behind the hidden state that is read: seven of twenty-four."""
    encoder = model.encoder
    assert isinstance(encoder, nn.Module) and isinstance(encoder.layers, nn.ModuleList)
    encoder.layers = encoder.layers[:HIDDEN_STATE]
