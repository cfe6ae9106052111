"""A causal ConvNeXt block."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.conv import CausalConv1d
from core.nn.norm import LayerScale
from core.nn.state import part
from core.nn.streaming import State, Streaming


class ConvNeXtBlock(Streaming):
    """A residual branch: a convolution in time for each channel, then two layers for each frame."""

    def __init__(
        self,
        dim: int,
        hidden: int,
        *,
        kernel_size: int = 7,
        dilation: int = 1,
        layer_scale: float | None = None,
        eps: float = 1e-6,
    ) -> None:
        super().__init__()
        self.depthwise = CausalConv1d(dim, dim, kernel_size, dilation=dilation, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=eps)
        self.expand = nn.Linear(dim, hidden)
        self.contract = nn.Linear(hidden, dim)
        self.layer_scale = nn.Identity() if layer_scale is None else LayerScale(dim, layer_scale)

    def initial_state(self, batch: int) -> State:
        return {"depthwise": self.depthwise.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T]
        y, past = self.depthwise(x, part(state, "depthwise"))
        y = self.norm(y.transpose(1, 2))  # [B, T, C]
        y = self.layer_scale(self.contract(F.gelu(self.expand(y))))
        return x + y.transpose(1, 2), {"depthwise": past}
