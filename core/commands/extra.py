"""paluku extra: torch and what else the downloaded program does without."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from core import extra
from core.commands.output import add_json_flag, print_json
from core.errors import ModelError
from core.extra_archive import add

_EXAMPLE = """examples:
  paluku extra
  paluku extra add paluku-extra-0.1.0-linux-amd64.tar.gz
  paluku extra remove"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "extra",
        help="the libraries of models that need torch, for the downloaded program",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_json_flag(parser)
    parser.set_defaults(run=run_show)
    actions = parser.add_subparsers(metavar="ACTION")
    adding = actions.add_parser("add", help="unpack an extra that was downloaded; its .sha256 is compared")
    adding.add_argument("file", type=Path)
    add_json_flag(adding)
    adding.set_defaults(run=run_add)
    removing = actions.add_parser("remove", help="delete the extra")
    removing.set_defaults(run=run_remove)


def run_show(args: argparse.Namespace) -> int:
    found = extra.find()
    fits = found is not None and found.system == extra.system()
    if args.json:
        print_json({"system": extra.system(), "fits": fits, "here": asdict(found) if found else None})
    elif found is None:
        print(f"There is no extra here. {extra.how_to_add('torch')}")
    else:
        verdict = "" if fits else f", which this program is not ({extra.system()}): it is not used"
        print(f"torch {found.torch}, {found.bytes / 1e6:,.0f} MB, for {found.system}{verdict}")
    return 0


def run_add(args: argparse.Namespace) -> int:
    if not extra.is_frozen():
        raise ModelError(
            "This Paluku runs in Python, which installs libraries itself.", extra.how_to_add("torch")
        )
    added = add(args.file)
    if args.json:
        print_json(asdict(added))
    else:
        print(f"torch {added.torch} is here now, {added.bytes / 1e6:,.0f} MB in {extra.place()}.")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    extra.remove()
    print("The extra was removed.")
    return 0
