"""paluku update: whether a newer version is published. Without --ask it only says what it would do."""

from __future__ import annotations

import argparse

from core import __version__, updates
from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError

_EXAMPLE = """examples:
  paluku update            says what would be asked, and of whom
  paluku update --ask      asks"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "update",
        help="say whether a newer version is published, when asked to",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--ask", action="store_true", help="use the net, once; nothing is installed")
    add_json_flag(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    where = updates.address()
    if not where:
        raise PalukuError(
            "This Paluku was built by whoever uses it, so nobody publishes newer versions of it.",
            f"An address can be named in {updates.VARIABLE}.",
        )
    if not args.ask:
        if args.json:
            print_json({"version": __version__, "address": where, "asked": False})
        else:
            print(
                f"This is Paluku {__version__}. With --ask it would fetch one page of some kilobytes:\n"
                f"  {where}\n"
                "Whoever runs that server learns your network address and that somebody there uses Paluku. "
                "Nothing else is sent,\nand nothing is installed."
            )
        return 0
    release = updates.ask(where)
    newer = updates.is_newer(release.version, __version__)
    if args.json:
        print_json(
            {
                "version": __version__,
                "address": where,
                "asked": True,
                "newest": release.version,
                "newer": newer,
                "page": release.page,
            }
        )
    elif newer:
        print(f"Paluku {release.version} is published; this is {__version__}. {release.page}")
    else:
        print(f"Paluku {__version__} is the newest.")
    return 0
