"""paluku bench: figures, measured on the spot, as JSON lines."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from typing import Any

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError

_EXAMPLE = """examples:
  paluku bench start --json
  paluku bench ui --seconds 10 --json"""


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


def _one_start() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--smoke"], capture_output=True, text=True, timeout=60, check=False
    )
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
