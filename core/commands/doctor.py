"""paluku doctor: what a bug report needs, and nothing private."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.checkup import Check, check_all
from core.commands.output import add_json_flag, print_json

_EXAMPLE = """examples:
  paluku doctor
  paluku doctor --json > report.json"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "doctor",
        help="examine the machine, the devices and the models",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_json_flag(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    checks = [_without_home(check) for check in check_all()]
    ok = all(check.ok for check in checks)
    if args.json:
        print_json({"ok": ok, "checks": checks})
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            print(f"{'ok ' if check.ok else '!! '} {check.name.ljust(width)}  {check.message}")
    return 0 if ok else 1


def _without_home(check: Check) -> Check:
    """A report must not tell the user's name: their home folder becomes ~."""
    return Check(check.name, check.ok, check.message.replace(str(Path.home()), "~"))
