from __future__ import annotations

import torch
from torch import nn

from core.nn.chain import Chain
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.state import total_bytes
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole


def test_chain() -> None:
    chain = Chain(
        CausalConv1d(1, 4, 4, stride=2),
        nn.ELU(),
        Chain(CausalConv1d(4, 4, 3)),
        CausalConvTranspose1d(4, 1, 4, stride=2),
    )
    x = torch.randn(2, 1, 22)
    assert list(chain.initial_state(1)) == ["0", "2", "3"]
    assert total_bytes(chain.initial_state(1)) == 4 * (2 + 8 + 2)
    assert_pieces_equal_whole(chain, x, [[2] * 11, [6, 2, 8]])
    assert_causal(chain, x, frame=2)
