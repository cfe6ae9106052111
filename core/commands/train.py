"""paluku train: models that learn from a corpus, within a budget of minutes."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from core.commands import train_enhance, train_speech
from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError

_EXAMPLE = """examples:
  paluku train codec --corpus corpus -o runs/voice --minutes 60
  paluku train codec --corpus made=0.3 --corpus recorded=0.7 -o runs/voice --config mine.toml --json

Killed at any moment, the same command goes on from the last checkpoint. The config is a TOML file;
--show-config prints the recipe to start from."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("train", help="train a model on a corpus")
    what = parser.add_subparsers(metavar="WHAT", required=True)
    codec = what.add_parser(
        "codec",
        help="train a codec",
        description="Train a codec on corpora made with `paluku corpus`.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    codec.add_argument(
        "--corpus", action="append", default=[], metavar="DIR[=WEIGHT]", help="where speech lies; repeatable"
    )
    codec.add_argument("-o", "--out", type=Path, metavar="DIR", help="checkpoints, weights and curves")
    codec.add_argument(
        "--recipe", default="paluku-voice", help="recipe to start from (default: paluku-voice)"
    )
    codec.add_argument(
        "--config", type=Path, metavar="FILE", help="how to train (TOML), in place of a recipe"
    )
    codec.add_argument("--codec", metavar="NAME", help="which codec, in place of the recipe's")
    codec.add_argument("--minutes", type=float, help="of training, over all starts")
    codec.add_argument("--seed", type=int)
    codec.add_argument("--device", default="cpu", help="cpu or cuda (default: cpu)")
    codec.add_argument("--threads", type=int, default=0, help="of the processor (default: all cores)")
    codec.add_argument("--start", type=Path, metavar="FILE", help="a checkpoint whose weights to begin with")
    codec.add_argument("--show-config", action="store_true", help="print the config and train nothing")
    add_json_flag(codec)
    codec.set_defaults(run=run_codec)
    train_enhance.add_parser(what)
    train_speech.add_parser(what)


def run_codec(args: argparse.Namespace) -> int:
    from dataclasses import replace

    from core.training.codec_config import RECIPES, read_config

    if args.config is None and args.recipe not in RECIPES:
        raise PalukuError(f"There is no recipe {args.recipe!r}.", f"There are {', '.join(RECIPES)}.")
    config = RECIPES[args.recipe] if args.config is None else read_config(args.config)
    given = {"codec": args.codec, "minutes": args.minutes, "seed": args.seed}
    config = replace(config, **{name: value for name, value in given.items() if value is not None})
    if args.show_config:
        print(config.to_toml(), end="")
        return 0
    if not args.corpus or args.out is None:
        raise PalukuError("Training needs a corpus and a folder.", "Add --corpus DIR and -o DIR.")
    return _train_codec(args, config)


def _stop(number: int, frame: object) -> None:
    """Told to end, a training saves what it has, as with Ctrl-C."""
    raise KeyboardInterrupt


def _train_codec(args: argparse.Namespace, config: object) -> int:
    from core.training.codec_config import TrainCodecConfig
    from core.training.codec_mix import codec_mix
    from core.training.device import prepare_device
    from core.training.teachers import PhonemeTeacher
    from core.training.train_codec import WEIGHTS, CodecTraining, build_codec

    assert isinstance(config, TrainCodecConfig)
    signal.signal(signal.SIGTERM, _stop)
    prepare_device(args.device, args.threads)
    spec = build_codec(config.codec).spec
    mix = codec_mix(args.corpus, config, spec)
    teacher = PhonemeTeacher(spec.frame_rate, config.semantic_delay_frames)
    training = CodecTraining(
        *(config, args.out),
        teacher=teacher,
        device=args.device,
        start=args.start,
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )
    training.run(mix)
    rows = training.curves.rows()
    losses = {name: value for name, value in (rows[-1] if rows else {}).items() if name != "step"}
    minutes = training.seconds / 60
    report = {"steps": training.steps, "minutes": round(minutes, 2), "losses": losses}
    weights = str(args.out / WEIGHTS)
    if args.json:
        print_json({**report, "weights": weights})
    else:
        print(f"{training.steps} steps in {minutes:.1f} minutes: {weights}")
    return 0
