from __future__ import annotations

import pytest
import torch

from core.nn.conv import CausalConv1d, CausalConvTranspose1d, StepConv1d, fold_weight_norm
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole


@pytest.mark.parametrize("padding", ["zeros", "replicate"])
@pytest.mark.parametrize(
    ("kernel", "stride", "dilation"),
    [(1, 1, 1), (3, 1, 1), (7, 1, 3), (2, 2, 1), (4, 2, 1), (10, 5, 1), (5, 3, 2), (3, 4, 1)],
)
def test_conv(kernel: int, stride: int, dilation: int, padding: str) -> None:
    conv = CausalConv1d(4, 6, kernel, stride=stride, dilation=dilation, groups=2, padding=padding)
    x = torch.randn(2, 4, 24 * stride)
    cuts = [[stride] * 24, [3 * stride, stride, 9 * stride, 2 * stride], [23 * stride]]
    assert whole(conv, x).shape == (2, 6, 24)
    assert_pieces_equal_whole(conv, x, cuts)
    assert_causal(conv, x, frame=stride)


def test_conv_equals_left_padding() -> None:
    conv = CausalConv1d(1, 1, 8, stride=4)
    x = torch.randn(1, 1, 40)
    padded = torch.nn.functional.pad(x, (4, 0))
    torch.testing.assert_close(whole(conv, x), conv.conv(padded).detach())


def test_replicate_hears_a_constant_as_a_constant() -> None:
    conv = CausalConv1d(1, 1, 4, stride=2, bias=False, padding="replicate")
    y = whole(conv, torch.full((1, 1, 20), 0.5))
    torch.testing.assert_close(y, y[..., :1].expand_as(y))


def test_conv_refuses_a_chunk_between_strides() -> None:
    conv = CausalConv1d(1, 1, 4, stride=2)
    with pytest.raises(ValueError, match="multiple"):
        whole(conv, torch.zeros(1, 1, 3))


@pytest.mark.parametrize("groups", [1, 4])
@pytest.mark.parametrize(("kernel", "stride"), [(2, 1), (4, 2), (16, 8), (5, 5), (7, 3), (3, 5)])
def test_conv_transpose(kernel: int, stride: int, groups: int) -> None:
    conv = CausalConvTranspose1d(4, 4, kernel, stride=stride, groups=groups)
    x = torch.randn(2, 4, 13)
    assert whole(conv, x).shape == (2, 4, 13 * stride)
    assert_pieces_equal_whole(conv, x, [[1] * 13, [4, 1, 7], [12]])
    assert_causal(conv, x)


def test_conv_transpose_equals_trimming_the_right() -> None:
    conv = CausalConvTranspose1d(3, 2, 8, stride=4)
    x = torch.randn(1, 3, 9)
    torch.testing.assert_close(whole(conv, x), conv.conv(x)[..., :-4].detach())


def test_a_memory_does_not_keep_the_chunk_alive() -> None:
    x = torch.randn(1, 2, 4000)
    for conv in (CausalConv1d(2, 2, 4), CausalConvTranspose1d(2, 2, 4, stride=2)):
        _, state = conv(x, conv.initial_state(1))
        for value in state.values():
            assert value.untyped_storage().nbytes() < 100


@pytest.mark.parametrize("make", [CausalConv1d, CausalConvTranspose1d])
def test_weight_norm_folds_into_a_plain_weight(make: type) -> None:
    conv = make(3, 5, 4, stride=2, weight_norm=True)
    with torch.no_grad():
        conv.conv.parametrizations.weight.original0.mul_(1.7)
    x = torch.randn(1, 3, 12)
    before = whole(conv, x)
    fold_weight_norm(conv)
    assert set(conv.state_dict()) == {"conv.weight", "conv.bias"}
    torch.testing.assert_close(whole(conv, x), before)


@pytest.mark.parametrize(("kernel", "stride", "dilation"), [(3, 1, 1), (8, 4, 1), (5, 2, 3), (3, 4, 1)])
def test_few_frames_are_computed_like_many(kernel: int, stride: int, dilation: int) -> None:
    conv = StepConv1d(3, 5, kernel, stride=stride, dilation=dilation)
    x = torch.randn(2, 3, (kernel - 1) * dilation + 1 + 7 * stride)
    many = conv(x)
    assert many.shape[-1] == 8
    for frames in range(1, 8):
        few = conv(x[..., : (kernel - 1) * dilation + 1 + (frames - 1) * stride])
        torch.testing.assert_close(few, many[..., :frames])
