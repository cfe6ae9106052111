"""paluku bench: figures, measured on the spot, as JSON lines."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from core.commands.bench_echo import add_echo
from core.commands.bench_quality import add_quality
from core.commands.bench_relief import add_relief
from core.commands.bench_speech import add_speech
from core.commands.bench_talk import add_talk
from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.extra import how_to_add

PEERS = ("mimi", "moshi", "dac", "dualcodec", "all")

_EXAMPLE = """examples:
  paluku bench start --json
  paluku bench ui --seconds 10 --json
  paluku bench speech duplex-26m --random --json
  paluku bench quality --only codec --corpus corpus --json"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "bench",
        help="measure start, drawing and models on this machine",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_subparsers(metavar="WHAT", required=True)
    start = what.add_parser("start", help="from process start to a visible window")
    start.add_argument("--runs", type=int, default=5, help="starts that count, after one to warm up")
    add_json_flag(start)
    start.set_defaults(run=run_start)
    ui = what.add_parser("ui", help="the cost of two live spectrograms")
    ui.add_argument("--seconds", type=float, default=10.0)
    add_json_flag(ui)
    ui.set_defaults(run=run_ui)
    codec = what.add_parser("codec", help="a codec, frame by frame")
    codec.add_argument("id", nargs="?", help="which codec (default: the one that ships)")
    codec.add_argument("--frames", type=int, default=200, help="frames that count")
    codec.add_argument("--warm", type=int, default=150, help="frames before, to fill every window")
    add_json_flag(codec)
    codec.set_defaults(run=run_codec)
    add_speech(what)
    peers = what.add_parser("peers", help="ours beside the public packages, in the same run")
    peers.add_argument("--only", choices=PEERS, default="mimi", help="which peers")
    peers.add_argument("--rounds", type=int, default=6, help="turns that each takes")
    peers.add_argument("--frames", type=int, default=40, help="frames in a turn")
    peers.add_argument("--python", type=Path, help="a Python that has the peers (default: one made for them)")
    add_json_flag(peers)
    peers.set_defaults(run=run_peers)
    add_echo(what)
    add_relief(what)
    add_talk(what)
    add_quality(what)


def run_start(args: argparse.Namespace) -> int:
    """Start the application anew several times; each start reports on itself."""
    reports = [_one_start() for _ in range(args.runs + 1)][1:]
    times = sorted(report["seconds"] * 1000 for report in reports)
    unwanted = sorted({name for report in reports for name in report["imported"]})
    _print(
        {
            "what": "start",
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[-1], 1),
            "rss_mb": round(max(report["rss_mb"] for report in reports), 1),
            "imported": unwanted,
            "runs": args.runs,
        },
        as_json=args.json,
    )
    return 0


def run_ui(args: argparse.Namespace) -> int:
    from app.measure import measure_ui

    _print({"what": "ui", **measure_ui(args.seconds)}, as_json=args.json)
    return 0


def run_codec(args: argparse.Namespace) -> int:
    """One stream there and back, on the runtime of the codec's card."""
    from core.loading import InstalledModels, open_registry
    from core.workbench.speed import figures, rss_mb, time_codec

    registry = open_registry()
    found = InstalledModels(registry).codec(args.id)
    if found is None:
        raise PalukuError("There is no codec here yet.", "See: paluku models")
    id, codec = found
    times = time_codec(codec, args.frames, args.warm)
    frame_ms = 1000 / codec.spec.frame_rate
    for part, taken in (("encode", times.encode), ("decode", times.decode), ("both", times.both)):
        line = {"what": f"codec {part}", "id": id, **figures(taken, frame_ms), "rss_mb": rss_mb()}
        _print(line | {"macs": registry.find(id).macs, "frames": args.frames}, as_json=args.json)
    return 0


def run_peers(args: argparse.Namespace) -> int:
    try:
        from core.workbench.peers.environment import peers_python
        from core.workbench.peers.mimi import compare_mimi
        from core.workbench.peers.race import compare_duplex, compare_files
    except ModuleNotFoundError as error:
        raise PalukuError(
            f"Comparing needs the library {error.name}, which is not installed.",
            how_to_add("train"),
        ) from error
    python = peers_python(args.python, _say)
    for peer in PEERS[:-1] if args.only == "all" else (args.only,):
        if peer == "mimi":
            lines = compare_mimi(python, args.rounds, args.frames, _say)
        elif peer == "moshi":
            lines = compare_duplex(python, args.rounds, args.frames, _say)
        else:
            lines = compare_files(peer, python, args.rounds, _say)
        for line in lines:
            _print(line, as_json=args.json)
    return 0


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _one_start() -> dict[str, Any]:
    frozen = bool(getattr(sys, "frozen", False))
    application = [sys.executable] if frozen else [sys.executable, "-m", "app"]
    done = subprocess.run([*application, "--smoke"], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise PalukuError(f"The application did not start: {last[0]}", "Try: paluku doctor")
    report = json.loads(done.stdout.strip().splitlines()[-1])
    assert isinstance(report, dict)
    return report


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
    else:
        for name, value in figures.items():
            print(f"{name:18} {value}")
