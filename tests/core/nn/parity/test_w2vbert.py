"""Semantic features through transformers, with a tiny random w2v-bert."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio.resample import resample
from core.nn.codecs.w2vbert import HIDDEN_STATE, load_w2vbert

pytestmark = pytest.mark.parity


def test_hidden_state_17_of_the_whole_file(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="the transformers package is not installed")
    config = transformers.Wav2Vec2BertConfig(
        hidden_size=16,
        num_hidden_layers=24,
        num_attention_heads=2,
        intermediate_size=16,
        output_hidden_size=16,
    )
    torch.manual_seed(0)
    whole = transformers.Wav2Vec2BertModel(config).eval()
    whole.save_pretrained(tmp_path / "w2v")
    extractor = transformers.SeamlessM4TFeatureExtractor(padding_value=1)
    (tmp_path / "w2v" / "preprocessor_config.json").write_text(json.dumps(extractor.to_dict()))
    mean, var = torch.randn(16), torch.rand(16) + 0.5
    torch.save({"mean": mean, "var": var}, tmp_path / "stats.pt")
    features = load_w2vbert(tmp_path / "w2v", tmp_path / "stats.pt", 24_000)
    assert len(features.model.encoder.layers) == HIDDEN_STATE

    pcm = 0.1 * torch.randn(2, 1, 24_000)
    ours, _ = features(pcm, features.initial_state(2))
    slow = [resample(x, 24_000, 16_000) for x in pcm[:, 0].numpy()]
    mels = extractor(list(np.stack(slow)), sampling_rate=16_000, return_tensors="pt")
    with torch.no_grad():
        theirs = whole(**mels, output_hidden_states=True).hidden_states[HIDDEN_STATE]
    torch.testing.assert_close(ours, ((theirs - mean) / var.sqrt()).transpose(1, 2), atol=1e-5, rtol=1e-5)
    assert ours.shape[:2] == (2, 16) and abs(ours.shape[2] - 50) <= 1
