from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import nn

from core.nn.feed_forward import gated_width
from core.nn.transformer import Transformer, TransformerConfig
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole

MIMI_LIKE = TransformerConfig(
    dim=16, n_layers=2, n_heads=4, hidden=32, context=6, step_size=2, rope="interleaved", layer_scale=0.5
)
MOSHI_LIKE = TransformerConfig(
    dim=16,
    n_layers=2,
    n_heads=4,
    n_kv_heads=2,
    hidden=24,
    context=5,
    norm="rms",
    norm_eps=1e-8,
    feed_forward="gated_silu",
    sinks=2,
)
DEPTH_LIKE = dataclasses.replace(
    MOSHI_LIKE, rope="none", context=8, sinks=0, schedule=(0, 1, 2, 3, 4, 4, 5, 5), n_kv_heads=None
)


@pytest.mark.parametrize("config", [MIMI_LIKE, MOSHI_LIKE])
def test_transformer(config: TransformerConfig) -> None:
    transformer = Transformer(config)
    x = torch.randn(2, 80, 16)
    assert_pieces_equal_whole(transformer, x, [[1] * 80, [2] * 40, [3, 1, 1, 60]], axis=1)
    assert_causal(transformer, x, axis=1)


def test_each_step_has_its_weights() -> None:
    depth = Transformer(DEPTH_LIKE)
    sets = depth.layers[0].attention.in_proj.sets
    assert len(sets) == 6
    x = torch.randn(2, 8, 16)
    expected = whole(depth, x)
    with torch.no_grad():
        state, steps = depth.initial_state(2), []
        for step in range(8):
            y, state = depth(x[:, step : step + 1], state, first_step=step)
            steps.append(y)
        torch.testing.assert_close(torch.cat(steps, dim=1), expected)
        nn.init.zeros_(sets[3].weight)
    changed = (whole(depth, x) - expected).abs().amax(dim=(0, 2)) > 1e-6
    assert changed.tolist() == [False] * 3 + [True] * 5
    with pytest.raises(ValueError, match="schedule"):
        depth(x[:, :1], depth.initial_state(2), first_step=8)


def test_cross_attention() -> None:
    transformer = Transformer(dataclasses.replace(MIMI_LIKE, source_dim=7))
    x, source = torch.randn(1, 9, 16), torch.randn(1, 4, 7)
    state = transformer.initial_state(1, source)
    quiet = transformer.initial_state(1, torch.zeros_like(source))
    assert not torch.allclose(whole(transformer, x, state=state), whole(transformer, x, state=quiet))
    with torch.no_grad():
        state, heard = transformer.initial_state(1, source), []
        for t in range(9):
            y, state = transformer(x[:, t : t + 1], state)
            heard.append(y)
    expected = whole(transformer, x, state=transformer.initial_state(1, source))
    torch.testing.assert_close(torch.cat(heard, dim=1), expected, atol=1e-5, rtol=1e-4)
    with pytest.raises(ValueError, match="source"):
        transformer.initial_state(1)


def test_widths_of_the_gate() -> None:
    assert gated_width(4096, int(4.125 * 4096)) == 11264
    assert gated_width(1024, int(4.125 * 1024)) == 2816
    assert gated_width(2048, 4 * 2048) == 21 * 2048 // 8


def test_parameters_of_a_mimi_transformer() -> None:
    with torch.device("meta"):
        transformer = Transformer(
            TransformerConfig(dim=512, n_layers=8, n_heads=8, hidden=2048, context=250, layer_scale=0.01)
        )
    assert sum(p.numel() for p in transformer.parameters()) == 25_190_400


def test_a_step_can_be_exported() -> None:
    transformer = Transformer(MIMI_LIKE).eval()
    x, state = torch.randn(1, 2, 16), transformer.initial_state(1)
    with torch.no_grad():
        program = torch.export.export(transformer, (x, state))
        found, after = program.module()(x, state)
        expected, _ = transformer(x, transformer.initial_state(1))
    torch.testing.assert_close(found, expected)
    assert int(after["position"]) == 2
