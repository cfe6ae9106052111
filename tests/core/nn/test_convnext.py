from __future__ import annotations

import pytest
import torch

from core.nn.convnext import ConvNeXtBlock
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole


@pytest.mark.parametrize(("kernel", "dilation", "scale"), [(7, 1, None), (3, 2, 0.5), (1, 1, 0.1)])
def test_convnext(kernel: int, dilation: int, scale: float | None) -> None:
    block = ConvNeXtBlock(6, 12, kernel_size=kernel, dilation=dilation, layer_scale=scale)
    x = torch.randn(2, 6, 19)
    assert_pieces_equal_whole(block, x, [[1] * 19, [3, 1, 8], [18]])
    assert_causal(block, x)
