"""Architecture: all that can be known of a model without its weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from torch import nn

from core.codecs.base import CodecSpec
from core.nn.codecs.dualcodec import DualCodec
from core.nn.codecs.jodio_printed import PrintedJodio
from core.nn.codecs.model import CodecModel
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.conformer_layers import ConformerStack
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.transformer import Transformer
from core.workbench.analysis.components import Component, component_of
from core.workbench.analysis.features import Point, points_of
from core.workbench.analysis.run import Run, run_codec, run_speech, seconds_seen
from core.workbench.analysis.subject import Subject

SCHEMA, VERSION = "paluku/architecture", 1
SPEECH_FRAME_RATE = 12.5  # of the codecs that all speech models here were built for


@dataclass(frozen=True)
class Attending:
    """Where a model looks back by attention: how deep, how wide, how fast and how far."""

    path: str
    layers: int
    dim: int
    heads: int
    rate: float | None
    context_steps: int
    context_seconds: float | None
    """None where the steps are not time: a depth model's are the codes of one frame."""


@dataclass(frozen=True)
class Stream:
    """What a codec is to those who listen: rates, bits, delays and the memory of a talk."""

    sample_rate: int
    frame_rate: float
    frame_size: int
    codebook_sizes: tuple[int, ...]
    bitrate: float
    streaming: bool
    latency_ms: float | None
    """From a sample to its sound without any computing; None where the whole file must be there."""
    seen_back_ms: float
    """How far the convolutions of the encoder look back, attention left out."""
    seen_ahead_ms: float
    heard_back_ms: float
    """The same for the decoder."""


@dataclass(frozen=True)
class Architecture:
    """A model, taken apart."""

    name: str
    kind: str
    what: str
    root: Component
    runs: bool
    encoder_state_bytes: int
    decoder_state_bytes: int
    stream: Stream | None = None
    transformers: tuple[Attending, ...] = ()
    points: tuple[Point, ...] = ()
    broken_joins: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def parameters(self) -> int:
        return self.root.parameters

    def to_json(self) -> dict[str, Any]:
        """For programs: `schema` and `version` tell how to read it."""
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "name": self.name,
            "kind": self.kind,
            "what": self.what,
            "parameters": self.root.parameters,
            "buffers": self.root.buffers,
            "runs": self.runs,
            "macs_per_second": self.root.macs,
            "encode_macs_per_second": self.root.encode_macs,
            "decode_macs_per_second": self.root.decode_macs,
            "encoder_state_bytes": self.encoder_state_bytes,
            "decoder_state_bytes": self.decoder_state_bytes,
            "stream": asdict(self.stream) if self.stream else None,
            "transformers": [asdict(each) for each in self.transformers],
            "points": [asdict(point) for point in self.points],
            "broken_joins": list(self.broken_joins),
            "doubts": list(self.doubts),
            "components": [_component_json(part, self.root) for part in self.root.parts],
        }


def analyse(subject: Subject, frame_rate: float = SPEECH_FRAME_RATE) -> Architecture:
    """Take a model apart: nothing is computed but shapes, where it has no weights."""
    model = subject.outline
    if isinstance(model, CodecModel):
        there, back = run_codec(model)
        stream, points = _stream(model, there, back), points_of(model, there, back)
    elif isinstance(model, Conformer | SpeechDecoder):
        there, back = run_speech(model, frame_rate)
        stream, points = None, ()
    else:  # only counted: what cannot run, or runs on a whole file in many steps
        there, back, stream, points = Run(), Run(), None, ()
    root = component_of(model, subject.name, there, back)
    return Architecture(
        name=subject.name,
        kind=subject.kind,
        what=root.what,
        root=root,
        runs=bool(there.calls or back.calls),
        encoder_state_bytes=there.state_bytes,
        decoder_state_bytes=back.state_bytes,
        stream=stream,
        transformers=tuple(_attending(model, there, back)),
        points=points,
        broken_joins=tuple(map(str, model.broken_joins())) if isinstance(model, PrintedJodio) else (),
        doubts=tuple(model.doubts()) if isinstance(model, PrintedJodio) else (),
    )


def _stream(codec: CodecModel, there: Run, back: Run) -> Stream:
    spec: CodecSpec = codec.spec
    rate = spec.format.sample_rate
    paths: list[tuple[str, ...]] = [("",)]
    if isinstance(codec, DualCodec):  # two ways side by side
        paths = [("features", "semantic_encoder", "semantic_decoder"), ("encoder",)]
    seen = [seconds_seen(there, path) for path in paths]
    return Stream(
        sample_rate=rate,
        frame_rate=spec.frame_rate,
        frame_size=spec.format.frame_size,
        codebook_sizes=spec.codebook_sizes,
        bitrate=spec.bitrate(),
        streaming=spec.streaming,
        latency_ms=1000 * (spec.format.frame_size + spec.delay_samples) / rate if spec.streaming else None,
        seen_back_ms=1000 * (max(b for b, _ in seen) + 1 / rate),
        seen_ahead_ms=1000 * max(a for _, a in seen),
        heard_back_ms=1000 * (seconds_seen(back)[0] + 1 / spec.frame_rate),
    )


def _attending(model: nn.Module, there: Run, back: Run) -> list[Attending]:
    found = []
    for path, module in model.named_modules():
        if not isinstance(module, Transformer | ConformerStack):
            continue
        config = module.config
        call = back.call(path) or there.call(path)
        rate = call.rate if call else None
        found.append(
            Attending(
                path=path,
                layers=config.n_layers,
                dim=config.dim,
                heads=config.n_heads,
                rate=rate,
                context_steps=config.context,
                context_seconds=config.context / rate if rate and not _is_depth(path) else None,
            )
        )
    return found


def _is_depth(path: str) -> bool:
    return path.split(".")[0] == "depth" or ".depth." in path


def _component_json(part: Component, root: Component) -> dict[str, Any]:
    return {
        "name": part.name,
        "path": part.path,
        "what": part.what,
        "parameters": part.parameters,
        "buffers": part.buffers,
        "parameter_share": part.parameters / root.parameters if root.parameters else 0.0,
        "macs_per_second": part.macs,
        "encode_macs_per_second": part.encode_macs,
        "decode_macs_per_second": part.decode_macs,
        "macs_share": part.macs / root.macs if root.macs else 0.0,
        "rate": part.rate,
        "dim": part.dim,
        "parts": [_component_json(inner, root) for inner in part.parts],
    }
