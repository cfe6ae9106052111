"""Causal convolutions down and up in time, exact for every way of cutting the sound into pieces."""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import parametrizations, parametrize

from core.nn.overlap import overlap_add
from core.nn.state import tensor
from core.nn.streaming import State, Streaming

Padding = Literal["zeros", "replicate"]

# Up to this many frames, a convolution is computed as a matrix product: the same numbers, and on a CPU
# several times faster than the library's own, which pays for each kernel it lays out.
FEW_FRAMES = 4


class StepConv1d(nn.Conv1d):
    """A convolution without padding that is a matrix product where few frames come out."""

    def forward(self, input: Tensor) -> Tensor:  # [B, C, T] -> [B, C', frames]
        (stride,), (dilation,), (kernel_size,) = self.stride, self.dilation, self.kernel_size
        span = (kernel_size - 1) * dilation + 1
        frames = (input.shape[2] - span) // stride + 1
        if frames > FEW_FRAMES or self.groups > 1:
            return super().forward(input)
        starts = range(0, frames * stride, stride)
        windows = [input[:, :, start : start + span : dilation].flatten(1) for start in starts]
        y = F.linear(torch.stack(windows, dim=1), self.weight.flatten(1), self.bias)
        return y.transpose(1, 2)


class CausalConv1d(Streaming):
    """A convolution that sees the past only; takes any chunk that is a multiple of its stride.

    Its memory is the input that the next window still overlaps. Before the first sample it sees zeros, or
    with `replicate` the first sample again and again.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        *,
        stride: int = 1,
        dilation: int = 1,
        groups: int = 1,
        bias: bool = True,
        padding: Padding = "zeros",
        weight_norm: bool = False,
    ) -> None:
        super().__init__()
        conv = StepConv1d(
            in_channels, out_channels, kernel_size, stride=stride, dilation=dilation, groups=groups, bias=bias
        )
        self.conv = parametrizations.weight_norm(conv) if weight_norm else conv
        self.stride = stride
        self.padding = padding
        # negative when the kernel is shorter than the stride: then some input is never looked at
        self.overlap = (kernel_size - 1) * dilation + 1 - stride

    def initial_state(self, batch: int) -> State:
        if self.overlap <= 0:
            return {}
        weight = self.conv.weight
        state: State = {"past": weight.new_zeros(batch, self.conv.in_channels, self.overlap)}
        if self.padding == "replicate":
            state["fresh"] = torch.ones(1, dtype=torch.bool, device=weight.device)
        return state

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T] -> [B, C', T / stride]
        if x.shape[-1] % self.stride:
            raise ValueError(f"{x.shape[-1]} samples are not a multiple of the stride {self.stride}")
        if self.overlap <= 0:
            return self.conv(x[..., -self.overlap :] if self.overlap else x), {}
        past = tensor(state, "past")
        after: State = {}
        if self.padding == "replicate":
            fresh = tensor(state, "fresh")
            past = torch.where(fresh, x[..., :1], past)
            after["fresh"] = torch.zeros_like(fresh)
        x = torch.cat([past, x], dim=-1)  # [B, C, overlap + T]
        after["past"] = x[..., -self.overlap :].clone()  # a view would keep the whole chunk alive
        return self.conv(x), after


class CausalConvTranspose1d(Streaming):
    """A transposed convolution whose overlapping ends are added to what comes next.

    Its memory is the tail that the next chunk completes, without the bias: that is added once, at the end.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        *,
        stride: int,
        groups: int = 1,
        bias: bool = True,
        weight_norm: bool = False,
    ) -> None:
        super().__init__()
        conv = nn.ConvTranspose1d(
            in_channels, out_channels, kernel_size, stride=stride, groups=groups, bias=bias
        )
        self.conv = parametrizations.weight_norm(conv, dim=0) if weight_norm else conv
        self.stride = stride
        self.groups = groups
        self.overlap = max(0, kernel_size - stride)

    def initial_state(self, batch: int) -> State:
        if not self.overlap:
            return {}
        return {"tail": self.conv.weight.new_zeros(batch, self.conv.out_channels, self.overlap)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T] -> [B, C', T * stride]
        length = x.shape[-1] * self.stride
        y = self._spread(x)
        after: State = {}
        if self.overlap:
            y = y + F.pad(tensor(state, "tail"), (0, length))
            y, after["tail"] = y[..., :length], y[..., length:].clone()
        if self.conv.bias is not None:
            y = y + self.conv.bias[:, None]
        return y, after

    def _spread(self, x: Tensor) -> Tensor:  # [B, C, T] -> [B, C', T * stride + overlap]
        weight = self.conv.weight
        if self.groups > 1:
            gap = max(0, self.stride - weight.shape[2])
            return F.conv_transpose1d(x, weight, stride=self.stride, output_padding=gap, groups=self.groups)
        # as a matrix product: on a CPU the library's own is many times slower for the few frames of a step
        pieces = x.transpose(1, 2) @ weight.flatten(1)  # [B, T, C' * K]
        return overlap_add(pieces.reshape(*pieces.shape[:2], *weight.shape[1:]), self.stride)


def fold_weight_norm(module: nn.Module) -> None:
    """Turn every weight-normed weight below `module` into a plain one, for inference."""
    for part in module.modules():
        if parametrize.is_parametrized(part, "weight"):
            parametrize.remove_parametrizations(part, "weight")
