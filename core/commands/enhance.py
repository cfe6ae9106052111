"""`paluku enhance`: band-limited speech becomes 48 kHz."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.commands.output import print_json
from core.enhance.base import Enhancer, Progress

EXAMPLE = """examples:
  paluku enhance call.wav -o call48.wav
  paluku enhance call.wav -o call48.wav --engine audiosr --steps 50 --json
  paluku enhance --import pytorch_model.bin --name audiosr-speech

The live engine works on any computer, faster than the sound lasts. AudioSR is a diffusion model that needs
its weights (brought in once with --import), about 6 GB of memory and minutes for every second of sound."""
BAR = 28


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "enhance",
        help="give a recording the upper frequencies it lacks",
        description="Enhance a sound file of any length, rate and number of channels to 48 kHz.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sound", nargs="?", type=Path, metavar="IN", help="a sound file")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.wav", help="the enhanced file")
    parser.add_argument("--engine", choices=("live", "audiosr"), default="live", help="(default: live)")
    parser.add_argument("--steps", type=int, default=100, help="of AudioSR: more is better and slower")
    parser.add_argument("--guidance", type=float, default=3.5, help="of AudioSR: how strictly to follow")
    parser.add_argument("--seed", type=int, default=0, help="of AudioSR: the same seed, the same sound")
    parser.add_argument(
        "--import", dest="released", type=Path, metavar="FILE", help="bring in AudioSR weights"
    )
    parser.add_argument("--name", default="audiosr", metavar="ID", help="the model's id (default: audiosr)")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.released is not None:
        return _import(args)
    if args.sound is None or args.output is None:
        print("Which sound, and where to? paluku enhance IN -o OUT.wav", file=sys.stderr)
        return 2
    from core.enhance.files import enhance_file

    bar = _Bar(shown=sys.stderr.isatty())
    try:
        done = enhance_file(args.sound, args.output, _engine(args), bar.show)
    finally:
        bar.close()
    if args.json:
        print_json(
            {
                "engine": done.engine,
                "seconds": round(done.seconds, 3),
                "real_time_factor": round(done.real_time_factor, 4),
                "limit_hz": round(done.limit_hz),
                "channels": done.channels,
            }
        )
        return 0
    if done.added:
        print(f"{args.output}: {done.seconds:.1f} s, enhanced above {done.limit_hz / 1000:.1f} kHz.")
    else:
        print(f"{args.output}: {done.seconds:.1f} s. The recording was full band already: nothing was added.")
    return 0


def _engine(args: argparse.Namespace) -> Enhancer:
    from core.enhance.engines import enhancing_model, live_enhancer
    from core.loading import open_registry

    if args.engine == "live":
        return live_enhancer(open_registry(), args.name)
    from core.enhance.audiosr import open_audiosr

    hint = "Bring them in once: paluku enhance --import pytorch_model.bin"
    card = enhancing_model(open_registry(), "torch", args.name, hint)
    return open_audiosr(card, steps=args.steps, guidance=args.guidance, seed=args.seed)


def _import(args: argparse.Namespace) -> int:
    from core.enhance.audiosr import import_audiosr
    from core.folders import own_models

    card = import_audiosr(args.released, args.name, own_models())
    if args.json:
        print_json({"id": card.id, "bytes": card.bytes, "parameters": card.parameters})
    else:
        print(f"{card.id} is here: {card.parameters / 1e6:.0f} million parameters in {card.folder}.")
    return 0


class _Bar:
    """A line that fills, and how long it will still take. Silent where nobody watches."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown

    def show(self, progress: Progress) -> None:
        if not self._shown:
            return
        full = round(BAR * progress.done)
        left = "" if progress.seconds_left is None else f"  {_clock(progress.seconds_left)} left"
        print(f"\r[{'#' * full}{'.' * (BAR - full)}] {progress.done:4.0%}{left}  ", end="", file=sys.stderr)

    def close(self) -> None:
        if self._shown:
            print(f"\r{'':{BAR + 30}}\r", end="", file=sys.stderr)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
