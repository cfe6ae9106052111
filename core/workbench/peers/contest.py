"""A contest: implementations of one codec, timed in turns so that a busy machine hinders all alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.workbench.peers.rival import Rival
from core.workbench.peers.worker import FRAME, RATE
from core.workbench.speed import figures

FRAME_MS = 1000 * FRAME / RATE
PARTS = ("encode", "decode", "both")


class Contestant(Rival):
    """A codec that is timed, frame by frame."""

    def run(self, frames: int) -> None:
        """One round."""
        found = self.ask(f"time {frames}")
        self.rss_mb = found["rss_mb"]
        both = [there + back for there, back in zip(found["encode"], found["decode"], strict=True)]
        for part, times in (("encode", found["encode"]), ("decode", found["decode"]), ("both", both)):
            self.rounds.setdefault(part, []).append(times)

    def answers(self, frames: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Its codes of given sound and its sound of given codes. Must come before the first round."""
        found = self.ask(f"same {frames}")
        path = Path(found["pcm"])
        pcm: NDArray[np.float32] = np.load(path)
        path.unlink()
        return np.array(found["codes"]), pcm


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
