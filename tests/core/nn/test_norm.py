from __future__ import annotations

import torch

from core.nn.norm import LayerScale, RMSNorm


def test_rms_norm_divides_by_the_root_mean_square() -> None:
    norm = RMSNorm(8)
    torch.nn.init.uniform_(norm.alpha, 0.5, 1.5)
    x = torch.randn(2, 3, 8) * 5
    expected = x / x.pow(2).mean(-1, keepdim=True).sqrt() * norm.alpha
    torch.testing.assert_close(norm(x), expected)


def test_rms_norm_computes_in_float32_and_keeps_the_type() -> None:
    norm = RMSNorm(8).to(torch.bfloat16)
    x = (torch.randn(2, 8) * 1e-3).to(torch.bfloat16)
    y = norm(x)
    assert y.dtype == torch.bfloat16
    torch.testing.assert_close(y.float().pow(2).mean(-1), torch.ones(2), atol=0.02, rtol=0)


def test_layer_scale() -> None:
    x = torch.randn(2, 4)
    torch.testing.assert_close(LayerScale(4, 0.25)(x), x / 4)
