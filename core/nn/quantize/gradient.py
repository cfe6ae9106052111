"""How a gradient passes a quantizer, which has none of its own."""

from __future__ import annotations

from typing import Literal

import torch.nn.functional as F
from torch import Tensor

Gradient = Literal["straight_through", "rotation"]


def pass_gradient(x: Tensor, quantized: Tensor, how: Gradient) -> Tensor:  # [B, D, T] each
    """The value of `quantized` with a gradient to `x`."""
    if how == "straight_through":
        return x + (quantized - x).detach()
    return _rotated(x, quantized)


def _rotated(x: Tensor, quantized: Tensor) -> Tensor:
    """The rotation trick (arXiv 2410.06424): `x` turned and scaled onto `quantized` by fixed amounts."""
    from_, to = (F.normalize(v.detach(), dim=1, eps=1e-6) for v in (x, quantized))
    middle = F.normalize(from_ + to, dim=1, eps=1e-6)
    scale = quantized.detach().norm(dim=1, keepdim=True) / x.detach().norm(dim=1, keepdim=True).clamp(
        min=1e-6
    )
    along_middle = (x * middle).sum(dim=1, keepdim=True) * middle
    along_from = (x * from_).sum(dim=1, keepdim=True) * to
    turned: Tensor = scale * (x - 2 * along_middle + 2 * along_from)
    return turned
