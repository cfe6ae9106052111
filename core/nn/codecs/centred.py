"""Convolutions that look both ways: for codecs that work on whole files."""

from __future__ import annotations

import math

from torch import Tensor, nn
from torch.nn.utils import parametrizations

from core.nn.convnext import ConvNeXtBlock
from core.nn.streaming import State, Streaming


class CentredConv1d(Streaming):
    """A convolution padded with zeros on both sides. It has no memory: its pieces do not make the whole."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        *,
        stride: int = 1,
        dilation: int = 1,
        groups: int = 1,
        weight_norm: bool = False,
    ) -> None:
        super().__init__()
        padding = math.ceil(stride / 2) if stride > 1 else (kernel_size - 1) * dilation // 2
        conv = nn.Conv1d(
            in_channels,
            out_channels,
            kernel_size,
            stride=stride,
            dilation=dilation,
            groups=groups,
            padding=padding,
        )
        self.conv = parametrizations.weight_norm(conv) if weight_norm else conv

    def initial_state(self, batch: int) -> State:
        return {}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T] -> [B, C', T / stride]
        return self.conv(x), {}


class CentredConvTranspose1d(Streaming):
    """A transposed convolution cut on both sides; an odd stride gives one sample less than T * stride."""

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int, *, stride: int, weight_norm: bool = False
    ) -> None:
        super().__init__()
        conv = nn.ConvTranspose1d(
            in_channels, out_channels, kernel_size, stride=stride, padding=math.ceil(stride / 2)
        )
        self.conv = parametrizations.weight_norm(conv, dim=0) if weight_norm else conv

    def initial_state(self, batch: int) -> State:
        return {}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T] -> [B, C', ~ T * stride]
        return self.conv(x), {}


class CentredConvNeXtBlock(ConvNeXtBlock):
    """A ConvNeXt block whose convolution along time looks both ways."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__(dim, hidden)
        self.add_module("depthwise", CentredConv1d(dim, dim, 7, groups=dim))
