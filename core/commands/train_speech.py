"""paluku train speech: a model that hears and answers, taught on what is asked and what is answered."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError

_EXAMPLE = """examples:
  paluku train speech --asked asked --answered answered --codec paluku-voice -o runs/talk
  paluku train speech --start runs/talk --asked mine --asked asked --answered answered --codec paluku-voice \
      -o runs/better --minutes 60
  paluku train speech --recipe conformer-mini --asked asked --answered answered --codec paluku-voice \\
      -o runs/mini --minutes 600

The corpora come from `paluku corpus` with sentences = "asked" and sentences = "answered" in its config.
Recipes: paluku-talk (an ear, a pronouncer and a mouth, whose answers the dialogue chooses; with an
envelope codec such as paluku-voice), conformer-mini, conformer-50m and conformer-66m (hear a turn, then
answer it), and duplex-26m, duplex-86m and duplex-200m (listen while they talk), with any codec: the id of an
installed one, a model's folder, or a weights file.

Killed at any moment, the same command goes on from the last checkpoint. The finished model lies in a folder
of its id in DIR, ready for `paluku models import`. --show-config prints the recipe to start from."""

TALK = "paluku-talk"


def add_parser(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    speech = what.add_parser(
        "speech",
        help="train a speech model",
        description="Train a speech model on corpora made with `paluku corpus`.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    speech.add_argument("--recipe", default=TALK, help=f"which model (default: {TALK})")
    for side in ("asked", "answered"):
        speech.add_argument(
            f"--{side}",
            action="append",
            default=[],
            type=Path,
            metavar="DIR",
            help=f"a corpus of what is {side}; repeatable",
        )
    speech.add_argument("--codec", metavar="CODEC", help="weights file, model folder or id of a codec")
    speech.add_argument("-o", "--out", type=Path, metavar="DIR", help="checkpoints, curves and the model")
    speech.add_argument(
        "--words", type=Path, metavar="FILE", help="more words to know, one a line, the most usual first"
    )
    speech.add_argument(
        "--start", type=Path, metavar="DIR", help="a finished training whose weights to begin with"
    )
    speech.add_argument("--only", metavar="STAGE", help="one stage: pronounce, hear or speak")
    speech.add_argument(
        "--config", type=Path, metavar="FILE", help="how to train (TOML), in place of the recipe's"
    )
    speech.add_argument("--minutes", type=float, help="of training, over all starts and stages")
    speech.add_argument("--seed", type=int)
    speech.add_argument("--device", default="cpu", help="cpu or cuda (default: cpu)")
    speech.add_argument("--threads", type=int, default=0, help="of the processor (default: all cores)")
    speech.add_argument("--show-config", action="store_true", help="print the config and train nothing")
    add_json_flag(speech)
    speech.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from core.training.speech.train_speech import recipe

    chosen = recipe(args.recipe)
    config = chosen.config(args.config, minutes=args.minutes, seed=args.seed)
    if args.show_config:
        from core.training.config_file import written

        print(written(config), end="")
        return 0
    if not (args.asked and args.answered and args.codec and args.out):
        raise PalukuError(
            "Training needs what is asked, what is answered, a codec and a folder.",
            "Add --asked DIR, --answered DIR, --codec CODEC and -o DIR.",
        )
    return _train(args, config)


def _stop(number: int, frame: object) -> None:
    """Told to end, a training saves what it has, as with Ctrl-C."""
    raise KeyboardInterrupt


def _train(args: argparse.Namespace, config: object) -> int:
    from core.training.device import prepare_device

    signal.signal(signal.SIGTERM, _stop)
    prepare_device(args.device, args.threads)
    report = _train_talk(args, config) if args.recipe == TALK else _train_exchanges(args, config)
    if args.json:
        print_json(report)
    else:
        print(f"{report['minutes']} minutes: {report['model'] or 'not all stages are learned yet'}")
    return 0


def _train_talk(args: argparse.Namespace, config: object) -> dict[str, object]:
    from core.training.speech.talk_config import TrainTalkConfig
    from core.training.speech.train_talk import TalkMaterial, TalkTraining

    assert isinstance(config, TrainTalkConfig)
    material = TalkMaterial(args.asked, args.answered, args.codec, args.words, args.start)
    training = TalkTraining(config, material, args.out, device=args.device, say=_say)
    model = training.run(args.only)
    return {**training.report(), "model": str(model) if model else None}


def _train_exchanges(args: argparse.Namespace, config: object) -> dict[str, object]:
    from core.training.speech.exchange_config import TrainExchangeConfig
    from core.training.speech.train_exchanges import ExchangeMaterial, ExchangeTraining
    from core.training.speech.train_speech import chosen_codec

    assert isinstance(config, TrainExchangeConfig)
    if args.only or args.words or args.start:
        raise PalukuError(
            f"--only, --words and --start are for {TALK}.",
            f"{args.recipe} learns all at once, mixed in stages.",
        )
    codec_id, codec = chosen_codec(args.codec, config.codec_id)
    material = ExchangeMaterial(args.asked, args.answered, codec, codec_id)
    training = ExchangeTraining(args.recipe, config, material, args.out, device=args.device, say=_say)
    model = training.run()
    return {**training.report(), "model": str(model)}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
