"""paluku models: what ships, what is on disk, what can be added."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.cards import CARD_NAME, ModelCard, Registry
from core.commands.output import add_json_flag, complain, print_json, print_table
from core.errors import CardError
from core.loading import import_foreign, open_registry

_EXAMPLE = """examples:
  paluku models
  paluku models import /media/usb/some-model
  paluku models import mimi-pytorch-e351c8d8@125.safetensors
  paluku models remove mimi"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "models",
        help="list, import and remove models",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_json_flag(parser)
    parser.set_defaults(run=run_list)
    actions = parser.add_subparsers(metavar="ACTION")
    adding = actions.add_parser("import", help="add a model's folder, or weights published elsewhere")
    adding.add_argument("source", type=Path, metavar="FOLDER|WEIGHTS")
    adding.set_defaults(run=run_import)
    removing = actions.add_parser("remove", help="delete one of your models")
    removing.add_argument("id")
    removing.set_defaults(run=run_remove)


def run_list(args: argparse.Namespace) -> int:
    registry = open_registry()
    rows, broken = [], []
    for card in registry.cards():
        if isinstance(card, CardError):
            broken.append(card)
        else:
            rows.append(describe(card, registry))
    for error in broken:
        complain(error)
    if args.json:
        print_json(rows)
    elif rows:
        head = ("id", "kind", "runtime", "parameters", "GMAC/s", "frames/s", "kbit/s", "languages", "state")
        print_table(head, [_cells(row) for row in rows])
    else:
        print("No model is here yet. The mirror works without one.")
    return 0


def run_import(args: argparse.Namespace) -> int:
    registry = open_registry()
    if (args.source / CARD_NAME).is_file():
        card = registry.add(args.source)
    else:
        card = import_foreign(args.source, registry)
    print(f"{card.title} is here now, as {card.id}.")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    open_registry().remove(args.id)
    print(f"{args.id} was removed.")
    return 0


def describe(card: ModelCard, registry: Registry) -> dict[str, Any]:
    """A card as programs read it."""
    rate = card.codec.frame_rate if card.codec else card.speech.frame_rate if card.speech else None
    return {
        "id": card.id,
        "kind": card.kind,
        "runtime": card.runtime,
        "parameters": card.parameters,
        "macs": card.macs,
        "frame_rate": rate,
        "bitrate": round(card.codec.bitrate()) if card.codec else None,
        "languages": list(card.languages),
        "installed": card.installed,
        "shipped": registry.is_shipped(card) and card.installed,
        "verdict": _verdict(card),
    }


def _verdict(card: ModelCard) -> str:
    """Whether this model runs here, in a word or two."""
    if not card.installed:
        return f"not here: fetch {card.hub}" if card.hub else "a plan: train or import it"
    if card.runtime == "torch" and not _has_torch():
        return "needs the torch extra"
    return "ready"


def _has_torch() -> bool:
    from importlib.util import find_spec

    return find_spec("torch") is not None


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    bitrate = f"{row['bitrate'] / 1000:g}" if row["bitrate"] else "-"
    rate = f"{row['frame_rate']:g}" if row["frame_rate"] else "-"
    parameters = f"{row['parameters'] / 1e6:.1f} M" if row["parameters"] else "-"
    languages = " ".join(row["languages"]) or "-"
    state = row["verdict"] + (", ships" if row["shipped"] else "")
    macs = f"{row['macs'] / 1e9:.2f}" if row["macs"] else "-"
    return (row["id"], row["kind"], row["runtime"], parameters, macs, rate, bitrate, languages, state)
