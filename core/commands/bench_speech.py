"""paluku bench speech: what a speech model takes for each frame."""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.extra import how_to_add
from core.s2s.base import SpeechModel

_EXAMPLE = """examples:
  paluku bench speech --json
  paluku bench speech duplex-26m --random --int8 --json
  paluku bench speech moshi-small --random --warm 3000"""


def add_speech(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = what.add_parser(
        "speech",
        help="a speech model, frame by frame",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", nargs="?", help="which model (default: the one that ships)")
    parser.add_argument("--random", action="store_true", help="a shape with random weights, made on the spot")
    parser.add_argument("--int8", action="store_true", help="with --random: weights in 8 bits")
    parser.add_argument("--frames", type=int, default=200, help="frames that count")
    parser.add_argument("--warm", type=int, default=20, help="frames before, to fill the window")
    add_json_flag(parser)
    parser.set_defaults(run=run_speech)


def run_speech(args: argparse.Namespace) -> int:
    from core.loading import load_speech, open_registry
    from core.workbench.speed import figures, rss_mb, time_speech

    with ExitStack() as stack:
        if args.random:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            id, model = _random(args.id or "duplex-26m", folder, int8=args.int8)
        else:
            registry = open_registry()
            card = registry.find(args.id) if args.id else registry.default("speech")
            if card is None:
                raise PalukuError("There is no speech model here yet.", "See: paluku models")
            id, model = card.id, load_speech(card)
        times = time_speech(model, args.frames, args.warm)
    frame_ms = 1000 / model.spec.frame_rate
    for part, taken in (
        ("listen", times.listen),
        ("speak", times.speak),
        ("speak, shortened", times.shortened),
    ):
        if taken:
            line = {"what": f"speech {part}", "id": id, **figures(taken, frame_ms), "frames": len(taken)}
            more = {"first_ms": round(times.first, 3)} if part == "speak" else {}
            _print(line | more | {"rss_mb": rss_mb()}, as_json=args.json)
    return 0


def _random(shape: str, folder: Path, *, int8: bool) -> tuple[str, SpeechModel]:
    try:
        from core.workbench.random_speech import random_speech
    except ModuleNotFoundError as error:
        raise PalukuError(
            f"This needs the library {error.name}, which is not installed.",
            how_to_add("train"),
        ) from error
    return f"{shape}, random" + (", int8" if int8 else ""), random_speech(shape, folder, int8=int8)


def _print(line: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print_json(line)
    else:
        for name, value in line.items():
            print(f"{name:18} {value}")
