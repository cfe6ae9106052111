"""paluku: the command line. Without a verb it opens the application."""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import platform
import sys
from collections.abc import Sequence

from core.commands.output import complain
from core.errors import PalukuError
from core.extra import join, missing
from core.offline import guard

VERBS = (
    *("talk", "codec", "enhance", "models"),
    *("analyze", "diagnose", "corpus", "train", "export"),
    *("doctor", "bench", "extra", "update"),
)
_OF_THE_WINDOW = (["--talk"], ["--report"], ["--smoke"])  # see app/main.py


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb. Returns 0, 1 (it failed, and said why) or 2 (wrong arguments)."""
    join()  # before all else: a helper may be there to load torch
    multiprocessing.freeze_support()  # a frozen program starts its helpers by starting itself
    if argv is None:  # this process is ours
        guard()
    arguments = sys.argv[1:] if argv is None else list(argv)
    if not arguments or arguments in _OF_THE_WINDOW:
        return open_application(arguments)
    args = make_parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except PalukuError as error:
        complain(error)
        return 1
    except ModuleNotFoundError as error:
        lacking = missing(error)
        if lacking is None:
            raise
        complain(lacking)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away: `paluku models | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paluku",
        description="Talk with a speech model on this computer, offline. Without a verb it opens the window.",
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for verb in VERBS:
        importlib.import_module(f"core.commands.{verb}").add_parser(verbs)
    return parser


def open_application(argv: Sequence[str]) -> int:
    """The window, or one sentence where there is no screen to show it on."""
    if platform.system() == "Linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        complain(PalukuError("There is no screen here to open the window on.", "Try: paluku talk --help"))
        return 1
    from app.main import main as app_main

    return app_main(list(argv))
