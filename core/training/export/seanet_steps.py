"""SEANet's two halves as parts of a step graph."""

from __future__ import annotations

import numpy as np
from torch import nn

from core.errors import ModelError
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.seanet import ResidualBlock, SeanetDecoder, SeanetEncoder
from core.training.export.frame_convolutions import add, convolve, convolve_down, convolve_up, elu
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.int8 import Floats
from core.training.export.torch_weights import floats


def run_seanet(graph: FrameGraph, x: Rows, seanet: SeanetEncoder | SeanetDecoder, state: str) -> Rows:
    """All links of the chain, weight norm already folded."""
    for name, link in seanet.named_children():
        x = _run_link(graph, x, link, f"{state}.{name}")
    return x


def _run_link(graph: FrameGraph, x: Rows, link: nn.Module, state: str) -> Rows:
    if isinstance(link, nn.ELU):
        return elu(graph, x)
    if isinstance(link, ResidualBlock):
        y = x
        for name, inner in link.branch.named_children():
            y = _run_link(graph, y, inner, f"{state}.{name}")
        return add(graph, x, y)
    if isinstance(link, CausalConvTranspose1d):
        _check(link, link.overlap == link.stride and link.groups == 1)
        return convolve_up(graph, x, *_weights(link), state)
    assert isinstance(link, CausalConv1d)
    if link.stride == 1:
        _check(link, link.padding == "zeros" and link.conv.groups == 1)
        return convolve(graph, x, *_weights(link), state, dilation=link.conv.dilation[0])
    _check(link, link.padding == "zeros" and link.overlap == link.stride and link.conv.dilation[0] == 1)
    return convolve_down(graph, x, *_weights(link), state)


def _weights(link: CausalConv1d | CausalConvTranspose1d) -> tuple[Floats, Floats]:
    weight, bias = link.conv.weight, link.conv.bias
    silent = np.zeros(link.conv.out_channels, np.float32)
    return floats(weight), silent if bias is None else floats(bias)


def _check(link: nn.Module, known: bool) -> None:
    if not known:
        raise ModelError(f"A convolution of this form cannot be made a graph yet: {link}.")
