"""Weights of torch as the arrays that graphs are made of."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from core.training.export.int8 import Floats


def floats(tensor: Tensor) -> Floats:
    """A weight in full precision, without its gradient."""
    return tensor.detach().cpu().float().numpy().astype(np.float32, copy=False)
