"""paluku diagnose: what a codec does to speech, measured, judged and shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.loading import open_registry

_EXAMPLE = """examples:
  paluku diagnose paluku-voice -o report
  paluku diagnose mimi talk.wav song.wav -o report --codebooks 8
  paluku diagnose starved -o control

CODEC is an installed codec, a weights file, a preset (with random weights, to try it out) or a control:
`identity` loses nothing and must pass, `starved` keeps one codebook of eight and must fail. Without sound
files, espeak-ng says a few sentences."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "diagnose",
        help="measure and judge what a codec does to speech",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("codec", metavar="CODEC")
    parser.add_argument("wavs", nargs="*", type=Path, metavar="WAV")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--codebooks", type=int, metavar="N", help="use the first N codebooks only")
    parser.add_argument(
        "--pairs", default="te", metavar="LANG[,LANG]", help="minimal pairs of te, hi or none (default: te)"
    )
    add_json_flag(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from core.errors import PalukuError
    from core.workbench.diagnosis.diagnosis import DiagnosisConfig, diagnose
    from core.workbench.diagnosis.patient import find_patient
    from core.workbench.diagnosis.report import write_report
    from core.workbench.telugu.pairs import LANGUAGES

    languages = () if args.pairs == "none" else tuple(args.pairs.split(","))
    for language in languages:
        if language not in LANGUAGES:
            raise PalukuError(
                f"There are no minimal pairs of {language!r}.", f"There are some of {', '.join(LANGUAGES)}."
            )
    patient = find_patient(args.codec, open_registry(), args.codebooks)
    found = diagnose(patient, args.wavs, DiagnosisConfig(languages=languages), _progress(args))
    page = write_report(found, args.output)
    if args.json:
        print_json(found.to_json())
        return 0
    if found.patient.note:
        print(found.patient.note)
    for judgement in found.judgements:
        print(f"{judgement.level:<11}{judgement.what:<28}{judgement.reason}")
    print(f"\n{found.patient.name}: {found.verdict}. {page}")
    return 0


def _progress(args: argparse.Namespace) -> Callable[[str], None]:
    """A line that says what is being done, where somebody watches."""
    if args.json or not sys.stderr.isatty():
        return lambda words: None
    return lambda words: print(f"\r{words:<60}", end="\r", file=sys.stderr, flush=True)
