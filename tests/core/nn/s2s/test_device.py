from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from core.errors import ModelError
from core.nn.s2s import device as devices
from core.nn.s2s.device import Device, available_devices, choose_device, measured

SLOW = Device("cpu", torch.float32, 8_000_000_000)
FAST = Device("cuda:0", torch.bfloat16, 6_000_000_000)


@pytest.fixture
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    speeds = {"cpu": 1e10, "cuda:0": 1e12}
    monkeypatch.setattr(devices, "available_devices", lambda: [SLOW, FAST])
    monkeypatch.setattr(
        devices, "measured", lambda device: replace(device, bytes_per_second=speeds[device.name])
    )


@pytest.mark.usefixtures("_two")
def test_the_fastest_that_has_room() -> None:
    assert choose_device(1_000_000_000).name == "cuda:0"
    assert choose_device(3_000_000_000).name == "cuda:0"
    # whole numbers of single precision take twice the room of half precision
    with pytest.raises(ModelError, match=r"needs 5\.6 GB .*cpu: 8\.0 GB, cuda:0: 6\.0 GB"):
        choose_device(5_600_000_000)


def test_half_precision_where_single_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    half = replace(SLOW, dtype=torch.bfloat16)
    monkeypatch.setattr(devices, "available_devices", lambda: [SLOW, half])
    assert choose_device(3_000_000_000) == SLOW
    assert choose_device(5_000_000_000) == half


def test_a_model_that_no_memory_holds_is_refused() -> None:
    with pytest.raises(ModelError, match="GB") as error:
        choose_device(1 << 50)
    assert "smaller model" in error.value.hint


def test_this_computer() -> None:
    found = available_devices()
    assert found[0].name == "cpu" and found[0].free_bytes > 0
    assert choose_device(1).name in {device.name for device in found}
    assert measured(found[0]).bytes_per_second > 1e8
