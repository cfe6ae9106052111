"""paluku analyze: what a model is made of, and what its inside knows of a voice."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.errors import PalukuError, StorageError
from core.loading import open_registry

_EXAMPLE = """examples:
  paluku analyze mimi -o report --plot
  paluku analyze --compare mimi paluku-voice
  paluku analyze paluku-voice --extract enc.tr1,sum talk.wav -o features.npz
  paluku analyze paluku-voice --probe corpus -o report

MODEL is a preset, an installed model or a weights file. `--extract all` takes every point; their names stand
in architecture.txt. A preset that is not installed has random weights: its architecture is right, its
features mean nothing."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "analyze",
        help="take a model apart: size, work, delays, features",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", nargs="?", metavar="MODEL")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where the report goes")
    parser.add_argument("--plot", action="store_true", help="draw what was found, as SVG and PNG")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--compare", nargs=2, metavar=("A", "B"), help="two models side by side")
    ways.add_argument("--extract", nargs=2, metavar=("POINTS", "WAV"), help="features of a sound, as .npz")
    ways.add_argument("--probe", type=Path, metavar="CORPUS", help="measure what each point holds")
    parser.add_argument("--speakers", type=int, default=12, help="for --probe (default: 12)")
    parser.add_argument("--utterances", type=int, default=12, help="of each speaker (default: 12)")
    parser.add_argument("--seed", type=int, default=0)
    add_json_flag(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.compare:
        return _compare(args)
    if args.model is None:
        raise PalukuError("Which model shall be analysed?", "For example: paluku analyze mimi")
    if args.extract:
        return _extract(args)
    return _probe(args) if args.probe else _analyse(args)


def _analyse(args: argparse.Namespace) -> int:
    from core.workbench.analysis.architecture import analyse
    from core.workbench.analysis.picture import draw
    from core.workbench.analysis.subject import find_subject
    from core.workbench.analysis.text import to_text

    architecture = analyse(find_subject(args.model, open_registry()))
    page, described = to_text(architecture), architecture.to_json()
    if args.output:
        _write(args.output, "architecture.txt", page)
        _write(args.output, "architecture.json", json.dumps(described, indent=1, ensure_ascii=False))
        if args.plot:
            _draw(args.output, "architecture", draw(architecture))
    if args.json:
        print_json(described)
    else:
        print(page, end="")
    return 0


def _compare(args: argparse.Namespace) -> int:
    from core.workbench.analysis.architecture import analyse
    from core.workbench.analysis.subject import find_subject
    from core.workbench.analysis.text import compare

    registry = open_registry()
    one, other = (analyse(find_subject(name, registry)) for name in args.compare)
    page, described = compare(one, other), {"models": [one.to_json(), other.to_json()]}
    if args.output:
        _write(args.output, "comparison.txt", page)
        _write(args.output, "comparison.json", json.dumps(described, indent=1, ensure_ascii=False))
    if args.json:
        print_json(described)
    else:
        print(page, end="")
    return 0


def _extract(args: argparse.Namespace) -> int:
    from core.workbench.analysis.extraction import extract_file
    from core.workbench.analysis.subject import find_subject

    points, wav = args.extract
    subject = find_subject(args.model, open_registry())
    output = args.output or Path("features.npz")
    _settle(output.parent)
    made = extract_file(subject, points.split(","), Path(wav), output)
    if args.json:
        print_json({"file": str(output), "trained": subject.trained, "points": made})
        return 0
    for point in made:
        print(f"{point['name']:<18}{point['frames']:>7} frames of {point['dim']}, {point['rate']:g} a second")
    print(f"{output}" + ("" if subject.trained else "  (random weights: these features mean nothing)"))
    return 0


def _probe(args: argparse.Namespace) -> int:
    from core.workbench.analysis.subject import find_subject
    from core.workbench.probing.report import DRAWINGS, to_text, write_report
    from core.workbench.probing.study import StudyConfig, study

    subject = find_subject(args.model, open_registry())
    config = StudyConfig(speakers=args.speakers, utterances=args.utterances, seed=args.seed)
    found = study(subject, args.probe, config)
    if args.output:
        _settle(args.output)
        write_report(found, args.output)
        if args.plot:
            for name in DRAWINGS:
                _draw(args.output, name, (args.output / f"{name}.svg").read_text(encoding="utf-8"))
    if args.json:
        print_json(found.to_json())
    else:
        print(to_text(found), end="")
    return 0


def _draw(folder: Path, name: str, drawing: str) -> None:
    """A drawing twice: as SVG for browsers, as PNG for everything else."""
    from app.drawing import save_png

    _write(folder, f"{name}.svg", drawing)
    save_png(drawing, folder / f"{name}.png")


def _write(folder: Path, name: str, content: str) -> None:
    _settle(folder)
    try:
        (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{folder / name} cannot be written: {error.strerror}.") from error


def _settle(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be made: {error.strerror or error}.", "Choose another place."
        ) from error
