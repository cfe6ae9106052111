"""`paluku corpus`: makes speech to train on, with every phoneme and word in its place."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

EXAMPLE = """examples:
  paluku corpus --out corpus --hours 10
  paluku corpus --out corpus --hours 1 --seed 7 --config mine.toml --json

The config is a TOML file; `paluku corpus --show-config` prints the standard one to start from. Killed at any
moment, the same command goes on where it was and ends in the same bytes."""
BAR = 28


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "corpus",
        help="make labelled speech for training",
        description="Make a training corpus from a seed and a config: speech with its words and phonemes.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder of the corpus")
    parser.add_argument("--config", type=Path, metavar="FILE", help="what goes into it (TOML)")
    parser.add_argument("--hours", type=float, default=1.0, help="hours of synthesized speech (default: 1)")
    parser.add_argument(
        "--recordings", type=Path, metavar="DIR", help="a folder of recordings to take in, too"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed makes another corpus (default: 0)")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )
    parser.add_argument("--show-config", action="store_true", help="print the config and make nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from dataclasses import asdict, replace

    from core.errors import PalukuError
    from core.training.corpus.config import CorpusConfig, read_config
    from core.training.corpus.maker import make_corpus
    from core.training.corpus.recordings import RecordingsConfig
    from core.training.corpus.sources import available_sources

    config = read_config(args.config) if args.config else CorpusConfig()
    if args.recordings:
        folder = RecordingsConfig(str(args.recordings))
        config = replace(config, recordings=(*config.recordings, folder))
    if args.show_config:
        print(config.to_toml())
        return 0
    if args.out is None:
        raise PalukuError("Where shall the corpus go?", "Add --out DIR.")
    sources = available_sources(config)
    for sentence in sources.left_out:
        print(sentence, file=sys.stderr)
    bar = ProgressBar()
    try:
        made = make_corpus(
            args.out,
            config,
            seed=args.seed,
            hours=args.hours,
            workers=args.workers,
            sources=sources,
            on_progress=lambda progress: bar.show(progress.seconds, progress.planned_seconds),
        )
    except KeyboardInterrupt:
        bar.close()
        print("Stopped. The whole shards can be used; the same command goes on.", file=sys.stderr)
        return 1
    bar.close()
    report = {**asdict(made), "path": str(made.path), "minutes": round(bar.elapsed / 60, 2)}
    if args.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(f"{made.hours:.2f} hours, {made.utterances} utterances in {made.path}")
        print(f"sha256 {made.sha256}")
    return 0


class ProgressBar:
    """A line on stderr with how much is made and how long the rest will take; silent without a terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._first: float | None = None
        self._visible = sys.stderr.isatty()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def show(self, seconds: float, planned: float) -> None:
        if self._first is None:
            self._first = seconds  # made by an earlier run
        if not self._visible:
            return
        share = min(1.0, seconds / planned) if planned else 1.0
        fresh = seconds - self._first
        left = (planned - seconds) * self.elapsed / fresh if fresh > 0 else 0.0
        rest = f"{max(0, round(left)) // 60}:{max(0, round(left)) % 60:02d} left" if fresh > 0 else ""
        filled = round(share * BAR)
        line = (
            f"\r[{'=' * filled}{' ' * (BAR - filled)}] {seconds / 3600:.2f} of {planned / 3600:.2f} h  {rest}"
        )
        print(f"{line:<78}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._visible:
            print(file=sys.stderr)
