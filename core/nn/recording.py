"""Whether what a model computes is recorded, for gradients or as a graph."""

from __future__ import annotations

import torch


def recorded() -> bool:
    """While it is, results must not be changed where they lie."""
    return torch.is_grad_enabled() or torch.onnx.is_in_onnx_export()
