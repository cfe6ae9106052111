"""paluku bench quality: what a codec leaves of voices, and what a speech model understands of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.commands.output import add_json_flag, print_json, print_table
from core.errors import PalukuError

_EXAMPLE = """examples:
  paluku bench quality --only codec --corpus corpus --json
  paluku bench quality --only talk --utterances 60 --json
  paluku bench quality --only talk --recordings my-voice

Your own voice: record some sentences, one to a file, and write list.csv into their folder:
  file,language,text
  what.wav,en,what time is it
  joke.wav,te,ఒక జోక్ చెప్పు
A column “intent” says what is meant where the text alone does not, or is not known; a column “group”
(a speaker, a room) gives figures of its own."""

_COLUMNS = {
    "recordings": "recordings",
    "asked": "asked",
    "intent": "understood",
    "guess": "likeliest",
    "asked_refused": "refused",
    "outside": "outside",
    "outside_refused": "refused of these",
    "word_error": "words wrong",
    "letter_error": "letters wrong",
    "sound_error": "sounds wrong",
}


def add_quality(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = what.add_parser(
        "quality",
        help="what a codec leaves of voices, and what a speech model understands of them",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=("codec", "talk"), help="what to measure (default: codec)")
    parser.add_argument("--model", help="with --only talk: a speech model (default: the one that ships)")
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="with --only talk: how these recordings are understood; list.csv says what they are",
    )
    parser.add_argument("--codec", default="paluku-voice", help="a codec's name, or a weights file")
    parser.add_argument(
        "--corpus",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="where speech lies; repeatable",
    )
    parser.add_argument("--utterances", type=int, default=20, help="of each language (default: 20)")
    parser.add_argument("--split", choices=("valid", "test"), default="test", help="which voices")
    parser.add_argument("--no-voices", action="store_true", help="make no synthetic voices on the spot")
    add_json_flag(parser)
    parser.set_defaults(run=run_quality)


def run_quality(args: argparse.Namespace) -> int:
    if args.recordings is not None:
        if args.only == "codec":
            raise PalukuError(
                "--recordings says how a speech model understands them, not what a codec leaves of them.",
                "Use --only talk, or --corpus instead of --recordings.",
            )
        return _run_recordings(args)
    return _run_talk(args) if args.only == "talk" else _run_codec(args)


def _run_talk(args: argparse.Namespace) -> int:
    from core.loading import open_registry
    from core.workbench.quality.talk.report import talk_quality

    figures = talk_quality(open_registry(), args.model, args.utterances, _say)
    print_json({"what": "quality", **figures})
    return 0


def _run_recordings(args: argparse.Namespace) -> int:
    from core.loading import open_registry
    from core.workbench.quality.talk.recorded import recorded_quality
    from core.workbench.quality.talk.report import open_pair, speech_card

    registry = open_registry()
    card = speech_card(registry, args.model)
    report = recorded_quality(open_pair(registry, card), args.recordings, _say if args.json else print)
    if args.json:
        print_json({"what": "recordings", "model": card.id, **report})
        return 0
    groups = {**report["languages"], **report["groups"]}
    print_table(
        ["", *_COLUMNS.values()],
        [[name, *map(_cell, (found[key] for key in _COLUMNS))] for name, found in groups.items()],
    )
    return 0


def _run_codec(args: argparse.Namespace) -> int:
    from core.loading import open_registry
    from core.workbench.diagnosis.patient import find_patient
    from core.workbench.quality.held_out import held_out, make_voices, temporary_folder
    from core.workbench.quality.report import codec_quality, phoneme_probes
    from core.workbench.quality.round_trip import open_round_trip

    patient = find_patient(args.codec, open_registry())
    with temporary_folder() as made:
        folders = list(args.corpus)
        if not args.no_voices:
            _say("making synthetic voices")
            folders.append(make_voices(Path(made) / "voices"))
        utterances = held_out(folders, args.utterances, args.split)
        report: dict[str, Any] = {
            "what": "quality",
            "codec": patient.name,
            "split": args.split,
            **codec_quality(patient.codec, utterances, _say, open_round_trip(open_registry())),
            "probes": phoneme_probes(patient.codec, folders),
        }
    if args.json:
        print_json(report)
        return 0
    rows = [[group, *figures.values()] for group, figures in report["groups"].items()]
    print_table(["voices", *next(iter(report["groups"].values()))], rows)
    print("codebooks used:", *(f"{book['used']:.0%}" for book in report["codebooks"]))
    for probe in report["probes"]:
        print(f"codebook {probe['codebook']}: phoneme error {probe['phoneme_error']:.1%}")
    for group, errors in report.get("round_trip", {}).items():
        print(f"{group}: sounds misheard {errors['behind']:.1%}, {errors['original']:.1%} in the original")
    return 0


def _cell(value: float | int | None) -> str:
    """A share as a percentage; a dash where there is nothing to share."""
    return "-" if value is None else f"{value:.0%}" if isinstance(value, float) else str(value)


def _say(what: object) -> None:
    print(what, file=sys.stderr, flush=True)
