"""The two laws of a streaming module, to be checked of every brick."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from core.nn.streaming import State, Streaming


def whole(module: Streaming, x: Tensor, *, state: State | None = None) -> Tensor:
    with torch.no_grad():
        return module(x, state if state is not None else module.initial_state(x.shape[0]))[0]


def pieces(module: Streaming, x: Tensor, sizes: Iterable[int], *, axis: int = -1) -> Tensor:
    """The module's output for `x` cut into chunks of these sizes (the last one takes what is left)."""
    state, heard, at = module.initial_state(x.shape[0]), [], 0
    length, cuts = x.shape[axis], list(sizes)
    with torch.no_grad():
        while at < length:
            size = min(cuts.pop(0) if cuts else length, length - at)
            y, state = module(x.narrow(axis, at, size), state)
            heard.append(y)
            at += size
    return torch.cat(heard, dim=axis)


def assert_pieces_equal_whole(
    module: Streaming, x: Tensor, cuts: Iterable[Iterable[int]], *, axis: int = -1, atol: float = 1e-5
) -> None:
    expected = whole(module, x)
    for sizes in cuts:
        torch.testing.assert_close(pieces(module, x, sizes, axis=axis), expected, atol=atol, rtol=1e-4)


def assert_causal(module: Streaming, x: Tensor, *, frame: int = 1, axis: int = -1) -> None:
    """More input never changes earlier output."""
    expected = whole(module, x)
    for frames in (1, 2, x.shape[axis] // frame // 2, x.shape[axis] // frame - 1):
        early = whole(module, x.narrow(axis, 0, frames * frame))
        torch.testing.assert_close(early, expected.narrow(axis, 0, early.shape[axis]), atol=1e-5, rtol=1e-4)
