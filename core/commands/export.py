"""paluku export: trained weights as the graphs that run without torch."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.commands.export_installed import add_action
from core.commands.output import add_json_flag, print_json
from core.errors import ModelError

_EXAMPLE = """examples:
  paluku export codec runs/voice/codec.safetensors -o models/my-voice --title "My voice"
  paluku export codec runs/voice/codec.safetensors -o models/my-voice --whole --json

The folder's name is the model's id. It holds the card and the graphs; copy it beside the other models."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("export", help="turn trained weights into graphs that ship")
    what = parser.add_subparsers(metavar="WHAT", required=True)
    codec = what.add_parser(
        "codec",
        help="export a codec",
        description="Export a trained codec as two step graphs, and prove that they say what torch says.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    codec.add_argument("weights", type=Path, metavar="FILE", help="weights that `paluku train` left")
    codec.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="the model's folder")
    codec.add_argument("--title", default="", help="what people call it (default: its id)")
    codec.add_argument("--licence", default="MIT")
    codec.add_argument("--languages", default="", metavar="te,en", help="languages it was measured on")
    codec.add_argument("--whole", action="store_true", help="store every weight in full precision")
    add_json_flag(codec)
    codec.set_defaults(run=run_codec)
    add_action(what)


def run_codec(args: argparse.Namespace) -> int:
    import numpy as np

    from core.codecs.onnx import OnnxCodec
    from core.nn.codecs.model import CodecModel
    from core.nn.reader import read_model
    from core.nn.readers import CODEC_READERS
    from core.nn.runtime import TorchCodec
    from core.training.export.check import compare
    from core.training.export.codec import DECODER, ENCODER, CardText, export_codec

    model = read_model(args.weights, CODEC_READERS)
    if not isinstance(model, CodecModel):
        raise ModelError(f"{args.weights.name} does not hold a codec.")
    name = args.out.resolve().name
    text = CardText(
        id=name,
        title=args.title or name,
        licence=args.licence,
        languages=tuple(filter(None, args.languages.split(","))),
    )
    spec = export_codec(model, args.out, text, small=not args.whole)
    exported = OnnxCodec(spec, args.out / ENCODER, args.out / DECODER)
    seconds = np.arange(200 * spec.format.frame_size) / spec.format.sample_rate
    hum = 0.1 * np.sin(2 * np.pi * 140 * seconds) * np.sin(2 * np.pi * 2 * seconds)
    hiss = 0.01 * np.random.default_rng(0).standard_normal(len(seconds))
    agreement = compare(exported, TorchCodec(model), (hum + hiss).astype(np.float32))
    sizes = {file: (args.out / file).stat().st_size for file in (ENCODER, DECODER)}
    report: dict[str, Any] = {
        "id": name,
        "bytes": sizes,
        "frames": agreement.frames,
        "codes_equal": round(agreement.codes_equal, 4),
        "largest_difference": agreement.largest_difference,
    }
    if args.json:
        print_json(report)
    else:
        total = sum(sizes.values()) / 1e6
        print(f"{name}: {total:.1f} MB; {agreement.codes_equal:.1%} of the codes as in torch")
    return 0
