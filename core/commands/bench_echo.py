"""paluku bench echo: what is left of the echo in simulated rooms, and what stops a reply."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.extra import how_to_add


def add_echo(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    echo = what.add_parser("echo", help="the echo canceller, interruptions and nods, in simulated rooms")
    echo.add_argument("--quick", action="store_true", help="a few scenes, in under 45 seconds")
    echo.add_argument("--minutes", type=float, help="of narration (default: 30, with --quick 0.5)")
    echo.add_argument(
        "--rooms", type=Path, metavar="DIR", help="also measured rooms: impulse responses (.flac)"
    )
    echo.add_argument("--speech", type=Path, metavar="DIR", help="recorded people instead of synthetic ones")
    add_json_flag(echo)
    echo.set_defaults(run=run_echo)


def run_echo(args: argparse.Namespace) -> int:
    try:
        from core.workbench.echo.bench import FORMAT, bench_echo, simulated_rooms
        from core.workbench.echo.room import measured
        from core.workbench.echo.voices import recorded_voices, synthetic_voices
    except ModuleNotFoundError as error:
        raise PalukuError(
            f"Measuring echo needs the library {error.name}, which is not installed.",
            how_to_add("train"),
        ) from error

    from core.cast import choose_cast
    from core.loading import InstalledModels, open_registry

    rate = FORMAT.sample_rate
    rooms = simulated_rooms(rate, 5)
    if args.rooms:
        rooms += measured(args.rooms, rate)
    voices = synthetic_voices(rate)
    if args.speech:
        voices = recorded_voices(args.speech, rate, voices.nods)
    cast = choose_cast(InstalledModels(open_registry()), None, None)
    hearing = cast if cast.format == FORMAT and cast.turn_model else None
    if hearing is None:
        _say("The speech model hears in other frames: turns are judged without words.")
    minutes = args.minutes if args.minutes is not None else 0.5 if args.quick else 30.0
    for line in bench_echo(voices, rooms, hearing, quick=args.quick, minutes=minutes, say=_say):
        if args.json:
            print_json(line)
        else:
            print(", ".join(f"{name} {value}" for name, value in line.items()), flush=True)
    return 0


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
