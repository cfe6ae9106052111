from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from core.nn.config import from_json, to_json
from core.nn.cross_attention import CrossAttention
from core.nn.s2s.conformer import CONFORMER as PRESETS
from core.nn.s2s.conformer import Conformer, ConformerConfig, with_depth, with_words
from tests.core.nn.s2s.tiny_speech import CONFORMER, DEEP, WORDY, conformer, frames, voice
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole


def parameters(config: ConformerConfig) -> int:
    with torch.device("meta"):
        return sum(weight.numel() for weight in Conformer(config).parameters())


def test_the_encoder_streams() -> None:
    encoder = conformer().encoder
    x = torch.randn(2, 60, 32)
    assert_pieces_equal_whole(encoder.stack, x, [[1] * 60, [4] * 15, [2, 1, 30, 1]], axis=1)
    assert_causal(encoder.stack, x, axis=1)
    codes = torch.randint(16, (2, 2, 60))
    with torch.no_grad():
        whole, _ = encoder(codes, encoder.initial_state(2))
        for length in (1, 2, 30, 59):
            early, _ = encoder(codes[..., :length], encoder.initial_state(2))
            torch.testing.assert_close(early, whole[:, :length], atol=1e-5, rtol=1e-4)


def test_its_convolution_is_causal() -> None:
    from core.nn.s2s.conformer_layers import ConformerConv

    assert_causal(ConformerConv(CONFORMER.encoder), torch.randn(2, 40, 32), axis=1)


@pytest.mark.parametrize("config", [CONFORMER, WORDY, DEEP])
def test_the_answer_depends_on_what_was_heard(config: ConformerConfig) -> None:
    model = conformer(config)
    said = frames(config.decoder.streams, 8)
    heard = torch.randint(16, (2, 2, 9))
    with torch.no_grad():
        one, turn = model.predict(heard, said, voice())
        two, _ = model.predict(heard.flip(-1), said, voice())
    assert turn.memory.shape == (2, 9, 32)
    assert (turn.words is None) is (config is CONFORMER)
    assert not torch.allclose(one.codes[0], two.codes[0])


def test_padding_is_not_looked_at() -> None:
    model = conformer()
    said, heard = frames(WORDY.decoder.streams, 8, batch=1), torch.randint(16, (1, 2, 9))
    visible = torch.arange(9)[None] < 6
    with torch.no_grad():
        padded, _ = model.predict(heard, said, voice(batch=1), visible=visible)
        plain, _ = model.predict(heard[..., :6], said, voice(batch=1))
    torch.testing.assert_close(padded.codes[0], plain.codes[0], atol=1e-5, rtol=1e-4)


def test_sizes_of_the_presets() -> None:
    assert parameters(PRESETS["conformer-66m"]) == 66_869_760
    assert parameters(PRESETS["conformer-50m"]) == 50_540_544
    assert parameters(PRESETS["conformer-mini"]) < 20_000_000
    assert PRESETS["conformer-66m"].decoder.head_mode == "delay"
    assert PRESETS["conformer-mini"].decoder.head_mode == "depth"


def test_cross_attention_has_biases_where_its_transformer_has() -> None:
    assert {name for name, _ in CrossAttention(8, 2, 8, bias=True).named_parameters()} == {
        f"{layer}_proj.{kind}" for layer in ("query", "source", "out") for kind in ("weight", "bias")
    }
    names = set(dict(conformer().decoder.temporal.named_parameters()))
    assert "layers.0.cross.query_proj.bias" in names


def test_words_run_one_frame_ahead_of_independent_heads() -> None:
    assert WORDY.decoder.streams.delays == (0, 1, 2)
    assert DEEP.decoder.streams.delays == (0, 0, 0)
    assert with_words(WORDY, 30).decoder.streams.delays == (0, 1, 2)
    assert with_depth(WORDY, acoustic_delay=1).decoder.streams.delays == (0, 0, 1)


@pytest.mark.parametrize("config", [CONFORMER, WORDY, DEEP, *PRESETS.values()])
def test_configs_survive_being_written(config: ConformerConfig) -> None:
    assert from_json(ConformerConfig, to_json(config)) == config


def test_impossible_configs_are_refused() -> None:
    with pytest.raises(ValueError, match="codes a frame"):
        replace(CONFORMER, heard_sizes=(16,) * 5)
    with pytest.raises(ValueError, match="look back"):
        replace(
            CONFORMER,
            decoder=replace(CONFORMER.decoder, temporal=replace(CONFORMER.decoder.temporal, source_dim=None)),
        )
