"""Weights as whole numbers: a quarter of the room, and fewer bytes to read for every frame."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_LARGEST = 127
_SKIPPED = ("head", "heads")  # the last layers, whose errors nothing evens out


class Int8Linear(nn.Module):
    """A linear layer whose weights are whole numbers, with the size of one step for each row."""

    def __init__(self, in_features: int, out_features: int, *, bias: bool) -> None:
        super().__init__()
        # first, because the number type of a layer is told by its first parameter
        self.step = nn.Parameter(torch.ones(out_features), requires_grad=False)
        self.weight = nn.Parameter(
            torch.zeros(out_features, in_features, dtype=torch.int8), requires_grad=False
        )
        self.bias = nn.Parameter(torch.zeros(out_features), requires_grad=False) if bias else None

    def forward(self, x: Tensor) -> Tensor:  # [..., D] -> [..., D']
        if x.device.type == "cpu" and x.dtype == torch.bfloat16:
            flat = torch.ops.aten._weight_int8pack_mm(x.flatten(0, -2), self.weight, self.step)
            y: Tensor = flat.unflatten(0, x.shape[:-1])
        else:
            y = F.linear(x, self.weight.to(x.dtype)) * self.step
        return y if self.bias is None else y + self.bias


def prepare_int8(model: nn.Module) -> None:
    """Exchange the linear layers of a model without weights (on the meta device) for such layers."""
    for name, layer in list(_linears(model)):
        place, _, child = name.rpartition(".")
        with torch.device(layer.weight.device):
            small = Int8Linear(layer.in_features, layer.out_features, bias=layer.bias is not None)
        setattr(model.get_submodule(place), child, small)


def rounded(name: str, weight: Tensor) -> Iterator[tuple[str, Tensor]]:
    """A weight as whole numbers and the steps of its rows."""
    step = weight.float().abs().amax(dim=1).clamp(min=1e-12) / _LARGEST
    yield name.removesuffix("weight") + "step", step
    yield name, (weight.float() / step[:, None]).round().to(torch.int8)


def _linears(model: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and not any(_is_head(part) for part in name.split(".")):
            yield name, module


def _is_head(part: str) -> bool:
    return part in _SKIPPED or part.endswith(("_head", "_heads")) or part == "project"
