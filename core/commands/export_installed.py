"""paluku export installed: an installed model as graphs that run without torch, several times faster."""

from __future__ import annotations

import argparse
import sys

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.extra import how_to_add
from core.loading import open_registry

_EXAMPLE = """examples:
  paluku export installed mimi
  paluku export installed mimi --int8 --codebooks 8
  paluku export installed duplex-26m --int8
  paluku codec roundtrip talk.wav -o heard.wav --codec mimi-onnx"""


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "installed",
        help="make an installed codec or speech model run without torch",
        description="Make graphs of an installed model; they become a model of their own beside it.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", help="an installed model that needs torch")
    parser.add_argument("--int8", action="store_true", help="weights in 8 bits: smaller, faster, less exact")
    parser.add_argument(
        "--codebooks", type=int, default=8, metavar="N", help="of a codec the first N only (default: 8)"
    )
    add_json_flag(parser)
    parser.set_defaults(run=run_installed)


def run_installed(args: argparse.Namespace) -> int:
    try:
        from core.training.export.installed import export_installed, silent
    except ModuleNotFoundError as error:
        raise PalukuError(
            f"Exporting needs the library {error.name}, which is not installed.",
            how_to_add("train"),
        ) from error
    registry = open_registry()
    watched = sys.stderr.isatty() and not args.json
    card = export_installed(
        registry.find(args.id),
        registry.own,
        n_codebooks=args.codebooks,
        int8=args.int8,
        on_progress=_show if watched else silent,
    )
    if watched:
        print(file=sys.stderr)
    if args.json:
        print_json({"id": card.id, "folder": str(card.folder), "bytes": card.bytes})
    else:
        print(f"{card.title} is here now, as {card.id} ({card.bytes / 1e6:.0f} MB).")
    return 0


def _show(what: str) -> None:
    print(f"\r\033[K{what} ...", end="", file=sys.stderr, flush=True)
