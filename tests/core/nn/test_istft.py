from __future__ import annotations

import torch

from core.nn.backbone import BackboneConfig
from core.nn.fourier import FourierConfig
from core.nn.istft import ISTFTDecoder, ISTFTDecoderConfig, ISTFTHead
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole

FOURIER = FourierConfig(n_fft=32, hop=8)


def test_head() -> None:
    head = ISTFTHead(12, FOURIER)
    x = torch.randn(2, 12, 15)
    assert whole(head, x).shape == (2, 1, 120)
    assert head.delay_samples == 24
    assert_pieces_equal_whole(head, x, [[1] * 15, [4, 1, 9], [14]])
    assert_causal(head, x)


def test_head_never_bursts() -> None:
    head = ISTFTHead(12, FOURIER)
    assert whole(head, 1e4 * torch.randn(1, 12, 15)).abs().max() < 200


def test_decoder() -> None:
    backbone = BackboneConfig(in_dim=6, dim=16, hidden=24, slow_blocks=1, upsample=2, fast_blocks=2)
    decoder = ISTFTDecoder(ISTFTDecoderConfig(backbone=backbone, fourier=FOURIER))
    x = torch.randn(2, 6, 11)
    assert whole(decoder, x).shape == (2, 1, 11 * 2 * 8)
    assert_pieces_equal_whole(decoder, x, [[1] * 11, [4, 1, 6]])
    assert_causal(decoder, x)
