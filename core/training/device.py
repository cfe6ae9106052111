"""The device that trains, made ready by the command that starts a training."""

from __future__ import annotations

import torch

from core.errors import ModelError


def prepare_device(name: str, threads: int) -> None:
    """Refuse a device that is not there; use so many threads (0: as many as torch thinks best)."""
    if threads > 0:
        torch.set_num_threads(threads)
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise ModelError("There is no graphics card here that torch can use.", "Leave out --device.")
