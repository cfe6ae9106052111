"""A long talk with lost devices: nothing is lost, nothing grows, nothing hangs."""

from __future__ import annotations

import pytest

from tests.core.soak import soak


@pytest.mark.parametrize(
    "seconds", [40.0, pytest.param(7200.0, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_every_turn_is_accounted_for(seconds: float) -> None:
    told = soak(seconds, speed=4.0)
    assert told["errors"] == [] and told["ended"] and told["stopped"] == 1
    assert told["kept"] == told["finished"]
    assert 0 <= int(str(told["heard"])) - int(str(told["finished"])) <= 1  # one may be under way at the end
    assert int(str(told["finished"])) >= seconds / 4
    assert int(str(told["lost_devices"])) >= 1
    if seconds > 600:
        assert float(str(told["memory_growth"])) <= 0.02
