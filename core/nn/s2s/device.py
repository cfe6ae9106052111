"""Device: where a model runs, chosen by room and by measured speed."""

from __future__ import annotations

import time
from dataclasses import dataclass

import psutil
import torch

from core.errors import ModelError

_RESERVE = 0.1  # of the memory that is free: for what other programs take while ours runs
_PROBE_SIZE = 4096
_PROBE_ROUNDS = 8
_GB = 1e9


@dataclass(frozen=True)
class Device:
    """A processor that can run a model, and the number type that it runs best."""

    name: str
    """As torch has it: cpu, cuda:0, mps."""
    dtype: torch.dtype
    free_bytes: int
    bytes_per_second: float = 0.0
    """How fast weights pass through it: that is the speed of a model that makes one frame at a time."""

    @property
    def torch_device(self) -> torch.device:
        return torch.device(self.name)

    def fits(self, bytes_needed: int) -> bool:
        return bytes_needed <= self.free_bytes * (1 - _RESERVE)


def choose_device(bytes_needed: int, *, only_half: bool = False) -> Device:
    """The fastest device that has room; bytes for weights and memory of a talk, in half precision.

    A model larger than every memory is refused here, before anything is read. `only_half` is for models
    that compute in half precision everywhere.
    """
    found = [device for device in available_devices() if device.dtype != torch.float32 or not only_half]
    # in single precision the weights take twice the room
    fitting = [device for device in found if device.fits(bytes_on(device, bytes_needed))]
    if not fitting:
        free = {device.name: device.free_bytes / _GB for device in found}
        room = ", ".join(f"{name}: {gigabytes:.1f} GB" for name, gigabytes in free.items())
        need = min(bytes_on(device, bytes_needed) for device in found)
        raise ModelError(
            f"This model needs {need / _GB:.1f} GB of memory, and this computer has less free ({room}).",
            "Close other programs, or choose a smaller model.",
        )
    best = {device.name: device for device in reversed(fitting)}  # of one processor the first number type
    if len(best) == 1:
        return fitting[0]
    return max(
        map(measured, best.values()), key=lambda device: device.bytes_per_second / device.dtype.itemsize
    )


def available_devices() -> list[Device]:
    """Every device of this computer, with the memory that is free now; the better number type first."""
    free = psutil.virtual_memory().available
    found = [Device("cpu", torch.float32, free), Device("cpu", torch.bfloat16, free)]
    if torch.cuda.is_available():
        for number in range(torch.cuda.device_count()):
            room, _ = torch.cuda.mem_get_info(number)
            found.append(Device(f"cuda:{number}", torch.bfloat16, room))
    if torch.backends.mps.is_available():
        found.append(Device("mps", torch.bfloat16, min(free, torch.mps.recommended_max_memory())))
    return found


def bytes_on(device: Device, bytes_in_half: int) -> int:
    return bytes_in_half * device.dtype.itemsize // 2


def measured(device: Device) -> Device:
    """The same device with its speed: a matrix of weights times one frame, a few times."""
    with torch.inference_mode():
        weight = torch.ones(_PROBE_SIZE, _PROBE_SIZE, dtype=device.dtype, device=device.torch_device)
        frame = torch.ones(1, _PROBE_SIZE, dtype=device.dtype, device=device.torch_device)
        (frame @ weight).sum().item()  # the first one also sets things up
        started = time.perf_counter()
        total = frame
        for _ in range(_PROBE_ROUNDS):
            total = frame + 0 * (total @ weight)
        total.sum().item()
        seconds = time.perf_counter() - started
    speed = _PROBE_ROUNDS * weight.numel() * weight.element_size() / max(seconds, 1e-9)
    return Device(device.name, device.dtype, device.free_bytes, speed)
