from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from core.nn.overlap import overlap_add


@pytest.mark.parametrize(("width", "stride"), [(1, 1), (4, 2), (6, 2), (7, 3), (5, 5), (3, 4)])
def test_overlap_add(width: int, stride: int) -> None:
    pieces = torch.randn(2, 6, 3, width)
    expected = torch.zeros(2, 3, 6 * stride + max(0, width - stride))
    for t in range(6):
        expected[..., t * stride : t * stride + width] += pieces[:, t]
    torch.testing.assert_close(overlap_add(pieces, stride), expected)
    if width >= stride:
        folded = F.fold(
            pieces.permute(0, 2, 3, 1).flatten(1, 2), (1, expected.shape[-1]), (1, width), stride=stride
        )
        torch.testing.assert_close(folded[:, :, 0], expected)
