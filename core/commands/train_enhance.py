"""paluku train enhance: the live extender, or AudioSR's global part, taught on full-band recordings."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.errors import ModelError

_EXAMPLE = """examples:
  paluku train enhance --recordings speech48 -o runs/wide --minutes 20
  paluku train enhance --recordings speech48 --held-out asha ravi -o runs/wide --minutes 40 --json
  paluku train enhance --recordings speech48 --global audiosr/weights.safetensors -o runs/global

The recordings must reach above 6 kHz; 16 kHz material teaches nothing here. Killed at any moment, the same
command goes on from the last checkpoint. The finished extender lies in a folder of its id in OUT, ready for
`paluku models import`. With --global, AudioSR's released nets stay as they are; its global part learns."""


def add_parser(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    enhance = what.add_parser(
        "enhance",
        help="train super-resolution",
        description="Train the live extender on full-band speech.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    enhance.add_argument(
        *("--recordings", "-r"),
        action="append",
        required=True,
        metavar="DIR",
        help="full-band speech, a folder a speaker; repeatable",
    )
    enhance.add_argument(
        *("--held-out",), nargs="*", default=[], metavar="SPEAKER", help="speakers kept for judging"
    )
    enhance.add_argument("-o", "--out", type=Path, required=True, metavar="DIR")
    enhance.add_argument(
        *("--global",), dest="base", type=Path, metavar="FILE", help="converted weights of AudioSR"
    )
    enhance.add_argument("--id", default="my-extender", help="of the finished model (default: my-extender)")
    enhance.add_argument(
        "--spoken", type=int, default=40, help="sentences of each synthetic voice (default: 40)"
    )
    enhance.add_argument("--minutes", type=float, default=20.0, help="of computing, over all starts")
    enhance.add_argument("--threads", type=int, default=1)
    enhance.add_argument("--seed", type=int, default=0)
    add_json_flag(enhance)
    enhance.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from core.training.enhance_material import MaterialConfig, gather

    config = MaterialConfig(
        recordings=tuple(args.recordings),
        held_out=tuple(args.held_out),
        espeak_sentences=args.spoken,
        seed=args.seed,
    )
    if args.base is not None:
        _check_base(args.base)  # before the recordings are read, which takes minutes
    material = gather(config, _say)
    report = _train(args, material) if args.base is None else _train_global(args, material)
    if args.json:
        print_json(report)
    else:
        print(f"{report['steps']} steps in {report['minutes']:.1f} minutes: {report['model']}")
    return 0


def _train(args: argparse.Namespace, material: object) -> dict[str, object]:
    from core.training.enhance_export import export_model
    from core.training.enhance_material import Material
    from core.training.train_enhance import TrainEnhanceConfig, train

    assert isinstance(material, Material)
    config = TrainEnhanceConfig(minutes=args.minutes, threads=args.threads, seed=args.seed)
    training = train(config, material, args.out, _say)
    card = export_model(training.model, args.id, args.out / args.id)
    return {
        "steps": training.steps,
        "minutes": round(training.seconds / 60, 2),
        "id": card.id,
        "model": str(card.folder),
    }


def _train_global(args: argparse.Namespace, material: object) -> dict[str, object]:
    from core.nn.reader import read_model
    from core.nn.superres.audiosr import AudioSr
    from core.nn.superres.audiosr_weights import AUDIOSR
    from core.training.enhance_global import GLOBAL_NAME, TrainGlobalConfig, train_global
    from core.training.enhance_material import Material

    assert isinstance(material, Material)
    base = read_model(args.base, [AUDIOSR])
    assert isinstance(base, AudioSr)
    config = TrainGlobalConfig(minutes=args.minutes, seed=args.seed)
    training = train_global(base, material.train, config, args.out, _say)
    return {"steps": training.steps, "minutes": args.minutes, "model": str(args.out / GLOBAL_NAME)}


def _check_base(path: Path) -> None:
    from core.nn.checkpoint import open_weights
    from core.nn.superres.audiosr_weights import AUDIOSR

    if open_weights(path).metadata.get("paluku.model") != AUDIOSR.name:
        raise ModelError(
            f"{path.name} holds no converted AudioSR weights.", "Run: paluku enhance --import FILE"
        )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
