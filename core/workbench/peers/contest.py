"""A contest: implementations of one codec, timed in turns so that a busy machine hinders all alike."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import PalukuError
from core.workbench.peers.worker import FRAME, RATE
from core.workbench.speed import figures

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
_SETTINGS = dict.fromkeys(_THREADS, "1") | {"NO_TORCH_COMPILE": "1", "HF_HUB_OFFLINE": "1"}
_ROOT = Path(__file__).parents[3]
FRAME_MS = 1000 * FRAME / RATE
PARTS = ("encode", "decode", "both")


def start_worker(python: Path | str, module: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that sees our sources and one thread."""
    return subprocess.Popen(
        [str(python), "-m", f"core.workbench.peers.{module}", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | _SETTINGS | {"PYTHONPATH": str(_ROOT)},
    )


@dataclass(slots=True)
class Contestant:
    """One implementation, its process, and what it took so far."""

    name: str
    module: str
    arguments: tuple[str, ...]
    python: Path | str = sys.executable
    rounds: dict[str, list[list[float]]] = field(default_factory=lambda: {part: [] for part in PARTS})
    rss_mb: float = 0.0
    _process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = start_worker(self.python, self.module, *self.arguments)
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def run(self, frames: int) -> None:
        """One round."""
        found = self._ask(f"time {frames}")
        self.rss_mb = found["rss_mb"]
        both = [there + back for there, back in zip(found["encode"], found["decode"], strict=True)]
        for part, times in (("encode", found["encode"]), ("decode", found["decode"]), ("both", both)):
            self.rounds[part].append(times)

    def answers(self, frames: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Its codes of given sound and its sound of given codes. Must come before the first round."""
        found = self._ask(f"same {frames}")
        path = Path(found["pcm"])
        pcm: NDArray[np.float32] = np.load(path)
        path.unlink()
        return np.array(found["codes"]), pcm

    def _ask(self, order: str) -> dict[str, Any]:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process is not None and self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            _, complaint = self._process.communicate()
            last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
            raise PalukuError(f"{self.name} stopped: {last[0]}", "Is it installed where --python points?")
        answer: dict[str, Any] = json.loads(line)
        return answer


def hold(
    contestants: Sequence[Contestant], rounds: int, frames: int, on_progress: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Check, warm and time all: a line of figures for each and each part. The first one is taken as right."""
    with ExitStack() as stack:
        for one in contestants:
            on_progress(f"starting {one.name}")
            stack.enter_context(one)
        on_progress("comparing what they say")
        # 150 frames fill the window of attention: they warm up as well
        said = {one.name: one.answers(150) for one in contestants}
        for turn in range(rounds):
            for one in contestants:
                on_progress(f"round {turn + 1} of {rounds}: {one.name}")
                one.run(frames)
    codes, pcm = said[contestants[0].name]
    for one in contestants:
        agreement = {
            "codes_equal": round(float(np.mean(said[one.name][0] == codes)), 4),
            "largest_difference": float(f"{np.abs(said[one.name][1] - pcm).max():.1e}"),
        }
        for part in PARTS:
            yield _line(one, part, contestants) | agreement


def _line(one: Contestant, part: str, contestants: Sequence[Contestant]) -> dict[str, Any]:
    """Figures of one part. A ratio of 3 means: the other takes three times as long."""
    every = [time for times in one.rounds[part] for time in times]
    peers = [other for other in contestants if other is not one]
    return {
        "what": f"mimi {part}",
        "who": one.name,
        **figures(every, FRAME_MS),
        "ratio": {other.name: round(_typical(other, part) / _typical(one, part), 2) for other in peers},
        "ratio_of_best": {other.name: round(_best(other, part) / _best(one, part), 2) for other in peers},
        "rss_mb": one.rss_mb,
        "rounds": len(one.rounds[part]),
    }


def _typical(one: Contestant, part: str) -> float:
    """The median over rounds of their medians: one disturbed round moves nothing."""
    return statistics.median(statistics.median(times) for times in one.rounds[part])


def _best(one: Contestant, part: str) -> float:
    return min(min(times) for times in one.rounds[part])
