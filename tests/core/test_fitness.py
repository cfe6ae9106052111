"""Whether a model fits and runs live: judged by numbers, before anything is loaded."""

from __future__ import annotations

from core.cards import Registry
from core.fitness import Machine, Need, measure_machine, need_of
from core.folders import shipped_models
from tests import tiny

SMALL = Machine(free_bytes=8_000_000_000, bytes_per_second=10e9, macs_per_second=40e9)


def test_the_verdict_names_what_is_short() -> None:
    assert "too large: needs 15.4 of 8.0 GB" in Need(15_400_000_000).verdict(SMALL)
    assert "too slow" in Need(1_000_000_000, bytes_per_second=12.5e9).verdict(SMALL)
    assert "too slow" in Need(1_000_000, macs_per_second=40e9).verdict(SMALL)
    assert Need(50_000_000, 0.6e9).verdict(SMALL) == "runs live here, on about 6% of a core"
    assert Need(2_500_000_000).verdict(SMALL) == "fits: needs 2.5 GB of memory"


def test_a_seven_billion_model_is_refused_by_a_small_machine() -> None:
    moshi = Registry(shipped_models(), shipped_models()).find("moshi-7b")
    need = need_of(moshi)
    assert need.bytes == 2 * 7_687_729_152
    assert need.bytes_per_second == need.bytes * 12.5
    assert "too large" in need.verdict(SMALL)


def test_what_is_here_counts_by_its_files(registry: Registry) -> None:
    card = registry.find(tiny.TURN)
    assert need_of(card).bytes == card.bytes
    assert need_of(card).bytes_per_second == card.bytes * 50


def test_this_machine_can_be_measured() -> None:
    machine = measure_machine()
    assert machine.bytes_per_second > 1e8
    assert machine.macs_per_second > 1e8
