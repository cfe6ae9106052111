"""Laps: a worker that does the same thing again and again, told over standard input how often.

time N    -> {"times": {part: [ms] x N}, "rss_mb": MB}

What is counted is the processor's time: a lap that has to wait for other programs is no longer for it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

Lap = dict[str, Callable[[], object]]
"""Parts that follow each other, by their names."""


def serve(lap: Lap) -> None:
    """Do what standard input says until it ends; one lap before, as the first one is slow."""
    for act in lap.values():
        act()
    _say({"ready": True})
    for line in sys.stdin:
        _, count = line.split()
        times: dict[str, list[float]] = {part: [] for part in lap}
        for _ in range(int(count)):
            for part, act in lap.items():
                start = time.process_time()
                act()
                times[part].append((time.process_time() - start) * 1000)
        _say({"times": times, "rss_mb": _rss_mb()})


def _rss_mb() -> float:
    import psutil

    return round(float(psutil.Process().memory_info().rss) / 2**20, 1)


def _say(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)
