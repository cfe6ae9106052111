"""paluku bench relief: what a reply costs at each step that a slow computer is relieved by."""

from __future__ import annotations

import argparse
from functools import partial

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError
from core.s2s.base import DuplexModel


def add_relief(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    relief = what.add_parser("relief", help="what a slow computer may leave out, and what that saves")
    relief.add_argument("--frames", type=int, default=200, help="frames of each reply")
    relief.add_argument("--rounds", type=int, default=5, help="replies at each step")
    add_json_flag(relief)
    relief.set_defaults(run=run_relief)


def run_relief(args: argparse.Namespace) -> int:
    from core.enhance.engines import live_enhancer
    from core.enhance.sink import widened
    from core.loading import InstalledModels, open_registry
    from core.workbench.relief_cost import relief_costs

    registry = open_registry()
    models = InstalledModels(registry)
    speech = models.speech(None)
    codec = models.codec(speech[1].spec.codec if speech else None)
    if speech is None or codec is None or isinstance(speech[1], DuplexModel):
        raise PalukuError("There is no model here that talks in turns.", "See: paluku models")
    wide = partial(widened, live_enhancer(registry))
    for line in relief_costs(codec[1], speech[1], wide, args.frames, args.rounds):
        if args.json:
            print_json(line)
        else:
            print(", ".join(f"{name} {value}" for name, value in line.items()))
    return 0
