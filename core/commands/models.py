"""paluku models: what ships, what is on disk, what can be added."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.commands.output import add_json_flag, complain, print_json, print_table
from core.download import Progress
from core.errors import CardError
from core.fitness import measure_machine
from core.library import Holding, Library

_EXAMPLE = """examples:
  paluku models
  paluku models fetch mimi
  paluku models import /media/usb/some-model
  paluku models import mimi-pytorch-e351c8d8@125.safetensors
  paluku models remove mimi"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "models",
        help="list, fetch, import and remove models",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_json_flag(parser)
    parser.set_defaults(run=run_list)
    actions = parser.add_subparsers(metavar="ACTION")
    fetching = actions.add_parser("fetch", help="fetch a published model; goes on where it was stopped")
    fetching.add_argument("id")
    add_json_flag(fetching)
    fetching.set_defaults(run=run_fetch)
    adding = actions.add_parser("import", help="add a model's folder, or weights published elsewhere")
    adding.add_argument("source", type=Path, metavar="FOLDER|WEIGHTS")
    adding.set_defaults(run=run_import)
    removing = actions.add_parser("remove", help="delete one of your models")
    removing.add_argument("id")
    removing.set_defaults(run=run_remove)


def run_list(args: argparse.Namespace) -> int:
    rows = []
    for holding in Library().holdings():
        if isinstance(holding, CardError):
            complain(holding)
        else:
            rows.append(describe(holding))
    if args.json:
        print_json(rows)
    elif rows:
        head = (
            "id",
            "kind",
            "parameters",
            "GMAC/s",
            "GB/s",
            "frames/s",
            "kbit/s",
            "state",
            "on this computer",
        )
        print_table(head, [_cells(row) for row in rows])
    else:
        print("No model is here yet. The mirror works without one.")
    return 0


def run_fetch(args: argparse.Namespace) -> int:
    fetch = Library().fetch(args.id, print_json if args.json else _print_progress)
    try:
        card = fetch.run()
    except KeyboardInterrupt:
        print("\nStopped. What has arrived is kept for the next time.", file=sys.stderr)
        return 130
    if card is None:
        return 1
    if args.json:
        print_json({"id": card.id, "bytes": card.bytes})
    else:
        print(f"{card.title} is here now, as {card.id}.")
    return 0


def run_import(args: argparse.Namespace) -> int:
    card = Library().add(args.source)
    print(f"{card.title} is here now, as {card.id}.")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    Library().remove(args.id)
    print(f"{args.id} was removed.")
    return 0


def _print_progress(progress: Progress) -> None:
    """One line that is written over and over; nothing where nobody watches."""
    if sys.stderr.isatty():
        left = f", {progress.seconds_left:.0f} s left" if progress.seconds_left is not None else ""
        part = f"{progress.done / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB"
        end = "\n" if progress.done == progress.total else ""
        print(f"\r{part}, {progress.speed / 1e6:.1f} MB/s{left}   ", end=end, file=sys.stderr, flush=True)


def describe(holding: Holding) -> dict[str, Any]:
    """A model as programs read it."""
    return {
        "id": holding.id,
        "kind": holding.kind,
        "runtime": holding.runtime,
        "parameters": holding.parameters,
        "macs": holding.macs,
        "frame_rate": holding.frame_rate,
        "bitrate": round(holding.bitrate) if holding.bitrate else None,
        "languages": list(holding.languages),
        "installed": holding.installed,
        "shipped": holding.installed and not holding.removable,
        "memory_bytes": holding.need.bytes,
        "bytes_per_second": round(holding.need.bytes_per_second),
        "state": _state(holding),
        "verdict": holding.need.verdict(measure_machine()),
    }


def _state(holding: Holding) -> str:
    """Whether this model is here, in a word or two."""
    return {
        "ready": "ready",
        "lacks_torch": "needs the torch extra",
        "fetchable": f"not here: paluku models fetch {holding.id}",
        "plan": "a plan: train or import it",
    }[holding.state]


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    bitrate = f"{row['bitrate'] / 1000:g}" if row["bitrate"] else "-"
    rate = f"{row['frame_rate']:g}" if row["frame_rate"] else "-"
    parameters = f"{row['parameters'] / 1e6:.1f} M" if row["parameters"] else "-"
    state = row["state"] + (", ships" if row["shipped"] else "")
    reads = f"{row['bytes_per_second'] / 1e9:.1f}" if row["bytes_per_second"] else "-"
    macs = f"{row['macs'] / 1e9:.2f}" if row["macs"] else "-"
    return (row["id"], row["kind"], parameters, macs, reads, rate, bitrate, state, row["verdict"])
