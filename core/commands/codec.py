"""paluku codec: sound files to token files and back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from core.codecs.base import Codec
from core.codecs.files import Coded, decode_file, encode_file, roundtrip_file
from core.codecs.tokens import TokenReader
from core.commands.output import add_json_flag, print_json
from core.errors import ModelError
from core.loading import InstalledModels, open_registry

_EXAMPLE = """examples:
  paluku codec encode talk.wav -o talk.plk --codebooks 4
  paluku codec decode talk.plk -o talk.wav
  paluku codec roundtrip talk.wav -o heard.wav --codec mimi"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "codec",
        help="turn sound into codec tokens and back",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, help, run in (
        ("encode", "a sound file into a token file", run_encode),
        ("decode", "a token file into a sound file", run_decode),
        ("roundtrip", "a sound file through the codec and back", run_roundtrip),
    ):
        action = actions.add_parser(name, help=help)
        action.add_argument("source", type=Path, metavar="IN")
        action.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
        action.add_argument("--codec", help="which codec (default: the one that ships)")
        if name != "decode":
            action.add_argument("--codebooks", type=int, metavar="N", help="use the first N codebooks only")
        add_json_flag(action)
        action.set_defaults(run=run)


def run_encode(args: argparse.Namespace) -> int:
    id, codec = _codec(args.codec)
    count = _codebooks(args.codebooks, codec)
    _report(encode_file(codec, id, args.source, args.output, count, _progress(args)), args)
    return 0


def run_decode(args: argparse.Namespace) -> int:
    if args.codec is None:
        with TokenReader(args.source) as reader:
            args.codec = reader.header.codec
    id, codec = _codec(args.codec)
    _report(decode_file(codec, id, args.source, args.output, _progress(args)), args)
    return 0


def run_roundtrip(args: argparse.Namespace) -> int:
    _, codec = _codec(args.codec)
    count = _codebooks(args.codebooks, codec)
    _report(roundtrip_file(codec, args.source, args.output, count, _progress(args)), args)
    return 0


def _codec(id: str | None) -> tuple[str, Codec]:
    found = InstalledModels(open_registry()).codec(id)
    if found is None:
        raise ModelError("There is no codec here yet.", "See: paluku models")
    return found


def _codebooks(wished: int | None, codec: Codec) -> int | None:
    if wished is not None and not 1 <= wished <= codec.spec.n_codebooks:
        raise ModelError(f"This codec has 1 to {codec.spec.n_codebooks} codebooks, not {wished}.")
    return wished


def _progress(args: argparse.Namespace) -> Callable[[float], None]:
    """A line that counts seconds of sound, where somebody watches."""
    if args.json or not sys.stderr.isatty():
        return lambda seconds: None
    return lambda seconds: print(f"\r{seconds:8.0f} s of sound", end="", file=sys.stderr, flush=True)


def _report(coded: Coded, args: argparse.Namespace) -> None:
    if args.json:
        print_json(
            {
                "frames": coded.frames,
                "bitrate": round(coded.bitrate, 1),
                "seconds": round(coded.seconds, 3),
                "real_time_factor": round(coded.real_time_factor, 4),
            }
        )
        return
    if sys.stderr.isatty():
        print(file=sys.stderr)
    speed = 1 / coded.real_time_factor if coded.real_time_factor else 0.0
    print(
        f"{args.output}: {coded.seconds:.1f} s, {coded.frames} frames, {coded.bitrate / 1000:.2f} kbit/s, "
        f"{speed:.1f} times faster than speech"
    )
