"""Whether half precision helps: measured, because some processors only imitate it, many times slower."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from typing import Literal

import torch

Precision = Literal["auto", "float32", "bfloat16"]

SIZE = 384
WORTH_IT = 0.8  # of the time that full precision takes


def best_precision(wanted: Precision, device: torch.device) -> Literal["float32", "bfloat16"]:
    """The precision to train in on this device."""
    if wanted != "auto":
        return wanted
    if device.type == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    full, half = _seconds(torch.float32), _seconds(torch.bfloat16)
    return "bfloat16" if half < WORTH_IT * full else "float32"


def autocast(device: torch.device, precision: str) -> AbstractContextManager[object]:
    if precision == "bfloat16":
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def _seconds(dtype: torch.dtype) -> float:
    a = torch.ones(SIZE, SIZE, dtype=dtype)
    times = []
    for _ in range(3):
        began = time.thread_time()
        torch.mm(a, a)
        times.append(time.thread_time() - began)
    return min(times)
