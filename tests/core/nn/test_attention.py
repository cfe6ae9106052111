from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from core.nn.attention import Attention, AttentionConfig
from core.nn.cross_attention import CrossAttention
from core.nn.state import total_bytes
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole


def plain(attention: Attention, x: Tensor) -> Tensor:
    """Windowed attention written down again, with one big mask and no ring."""
    config, (batch, length, _) = attention.config, x.shape
    heads = attention.in_proj(x).reshape(batch, length, -1, config.head_dim).transpose(1, 2)
    q, k, v = heads.split([config.n_heads, config.kv_heads, config.kv_heads], dim=1)
    if attention.rope:
        angles = attention.rope.angles(torch.arange(length))
        q, k = attention.rope.rotate(q, *angles), attention.rope.rotate(k, *angles)
    k, v = (t.repeat_interleave(config.n_heads // config.kv_heads, dim=1) for t in (k, v))
    scores = q @ k.transpose(-1, -2) / math.sqrt(config.head_dim)
    distance = torch.arange(length)[:, None] - torch.arange(length)
    scores = scores.masked_fill((distance < 0) | (distance >= config.context), -torch.inf)
    return attention.out_proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)).detach()


@pytest.mark.parametrize("rope", ["none", "interleaved", "split_half"])
@pytest.mark.parametrize(("context", "step_size", "kv_heads"), [(5, 1, 4), (8, 2, 2), (1, 1, 1), (70, 3, 4)])
def test_attention(rope: str, context: int, step_size: int, kv_heads: int) -> None:
    attention = Attention(
        AttentionConfig(
            dim=16, n_heads=4, n_kv_heads=kv_heads, context=context, step_size=step_size, rope=rope, bias=True
        )
    )
    x = torch.randn(2, 150, 16)
    torch.testing.assert_close(whole(attention, x), plain(attention, x), atol=1e-5, rtol=1e-4)
    cuts = [[1] * 150, [step_size] * 150, [7, 1, 1, 30, 1, 2, 2], [149, 1]]
    assert_pieces_equal_whole(attention, x, cuts, axis=1)
    assert_causal(attention, x, axis=1)


@pytest.mark.parametrize("rope", ["none", "split_half"])
def test_sinks(rope: str) -> None:
    config = AttentionConfig(dim=16, n_heads=4, n_kv_heads=2, context=6, step_size=2, sinks=3, rope=rope)
    attention = Attention(config)
    x = torch.randn(2, 140, 16)
    assert_pieces_equal_whole(attention, x, [[1] * 140, [2] * 70, [2, 5, 1, 90, 1]], axis=1)
    assert_causal(attention, x, axis=1)
    # as long as nothing has left the window, sinks change nothing
    torch.testing.assert_close(whole(attention, x[:, :6]), plain(attention, x[:, :6]))
    # afterwards the first token is still heard, and only the sinks are
    for changed, heard in ((0, True), (2, True), (3, False)):
        other = x.clone()
        other[:, changed] += 1
        same = torch.allclose(whole(attention, x)[:, -1], whole(attention, other)[:, -1])
        assert same is not heard


def test_a_long_talk_keeps_its_size_and_its_distances() -> None:
    attention = Attention(AttentionConfig(dim=8, n_heads=2, context=4, sinks=2))
    x = torch.randn(1, 1, 8).expand(1, 300, 8)
    with torch.no_grad():
        state = attention.initial_state(1)
        size = total_bytes(state)
        for t in range(300):
            y, state = attention(x[:, t : t + 1], state)
            if t == 20:
                early = y
    assert total_bytes(state) == size
    torch.testing.assert_close(y, early, atol=1e-5, rtol=1e-4)


def test_steps_write_into_the_ring_they_were_given() -> None:
    attention = Attention(AttentionConfig(dim=8, n_heads=2, context=4))
    with torch.inference_mode():
        state = attention.initial_state(1)
        ring = state["keys"]
        _, state = attention(torch.randn(1, 1, 8), state)
        assert state["keys"].data_ptr() == ring.data_ptr()


def test_steps_can_be_trained_through() -> None:
    attention = Attention(AttentionConfig(dim=8, n_heads=2, context=4))
    x = torch.randn(1, 6, 8)
    loss = attention(x, attention.initial_state(1))[0].square().sum()
    (expected,) = torch.autograd.grad(loss, attention.in_proj.sets[0].weight)
    state, loss = attention.initial_state(1), torch.zeros(())
    for t in range(6):
        y, state = attention(x[:, t : t + 1], state)
        loss = loss + y.square().sum()
    (found,) = torch.autograd.grad(loss, attention.in_proj.sets[0].weight)
    torch.testing.assert_close(found, expected)


def test_cross_attention_sees_the_visible_part_of_its_source() -> None:
    attention = CrossAttention(8, 2, 6)
    x, source = torch.randn(2, 3, 8), torch.randn(2, 5, 6)
    visible = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])
    y = attention(x, attention.look_at(source, visible))
    torch.testing.assert_close(y[1:], attention(x[1:], attention.look_at(source[1:, :3])))
    torch.testing.assert_close(y[:1], attention(x[:1], attention.look_at(source[:1])))


def test_wrong_heads_are_refused() -> None:
    with pytest.raises(ValueError, match="heads"):
        AttentionConfig(dim=10, n_heads=4, context=3)
