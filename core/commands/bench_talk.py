"""paluku bench talk: minutes of talk in real time, and whether a frame came late."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.events import Event, Failed, Finished, ModeChanged, Relieved


def add_talk(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    talk = what.add_parser("talk", help="minutes of talk in real time, without a sound card or a window")
    talk.add_argument("--minutes", type=float, default=10.0)
    add_json_flag(talk)
    talk.set_defaults(run=run_talk)


class Listener:
    """What the engine told, counted."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.error: PalukuError | None = None

    def hear(self, event: Event) -> None:
        self.counts[type(event).__name__] += 1
        if isinstance(event, Failed):
            self.error = event.error

    def wait(self, kind: type[Event], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.counts[kind.__name__]:
            if self.error or time.monotonic() > until:
                raise self.error or PalukuError("The engine did not begin.", "Try: paluku doctor")
            time.sleep(0.05)


def run_talk(args: argparse.Namespace) -> int:
    from core.engine import Engine
    from core.loading import open_registry
    from core.workbench.live_talk import ClockWorld
    from core.workbench.speed import rss_mb

    world, told = ClockWorld(open_registry()), Listener()
    speech = world.speech(None)
    codec = world.codec(speech[1].spec.codec if speech else None)
    if speech is None or codec is None:
        raise PalukuError("There is no speech model here yet.", "See: paluku models")
    print("the turns are being said", file=sys.stderr, flush=True)
    world.prepare(codec[1], speech[1])
    engine = Engine(lambda: world, told.hear, seed=1)
    engine.start()
    engine.set_mode("hands_free")
    told.wait(ModeChanged, 60.0)
    begun, used = time.monotonic(), time.process_time()
    rss = [rss_mb()]
    for minute in range(max(1, round(args.minutes))):
        time.sleep(max(0.0, begun + min(60.0 * (minute + 1), 60.0 * args.minutes) - time.monotonic()))
        rss.append(rss_mb())
        print(f"minute {minute + 1}: {engine.health().late_frames} late", file=sys.stderr, flush=True)
    health, elapsed = engine.health(), time.monotonic() - begun
    share = (time.process_time() - used) / elapsed
    engine.close(5.0)
    if told.error:
        raise told.error
    line = {
        "what": "talk",
        "minutes": round(elapsed / 60, 2),
        "frames": health.frames,
        "late_frames": health.late_frames,
        "gaps": health.underruns,
        "overruns": health.overruns,
        "replies": told.counts[Finished.__name__],
        "relieved": told.counts[Relieved.__name__],
        "step_ms_median": round(health.step_ms_median, 2),
        "step_ms_p95": round(health.step_ms_p95, 2),
        "share_of_a_core": round(share, 3),
        "rss_mb": rss,  # at first and after each minute: the first turn of all takes what it keeps
    }
    if args.json:
        print_json(line)
    else:
        for name, value in line.items():
            print(f"{name:18} {value}")
    return 0
