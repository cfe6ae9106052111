"""Exporting a codec: its two step graphs, encoder and decoder, and its card."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import onnx
import torch
from torch import Tensor

from core.codecs.base import CodecSpec
from core.codecs.onnx import UNUSED
from core.errors import ModelError, StorageError
from core.new_card import write_card
from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.model import CodecModel
from core.nn.conv import fold_weight_norm
from core.nn.macs import codec_macs
from core.nn.streaming import State
from core.training.export.envelope_steps import EnvelopeSteps
from core.training.export.shrink import compute_bases, name_constants, share_tables, store_small
from core.training.export.step_graph import StepGraph, export_step

ENCODER, DECODER = "encoder.onnx", "decoder.onnx"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What a card says of a codec beside what its weights tell."""

    id: str
    title: str
    licence: str = "MIT"
    languages: tuple[str, ...] = ()


@runtime_checkable
class DecodesPartly(Protocol):
    """A codec that knows what to do where a codebook says nothing."""

    def decode_used(self, codes: Tensor, state: State) -> tuple[Tensor, State]: ...


def export_codec(model: CodecModel, folder: Path, text: CardText, *, small: bool = True) -> CodecSpec:
    """Write both graphs and the card into a folder."""
    model = model.eval()
    fold_weight_norm(model)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, graph in (ENCODER, encoder_graph(model)), (DECODER, decoder_graph(model)):
            name_constants(graph)
            compute_bases(graph, model)
            share_tables(graph)
            if small:
                # a code is chosen or not: the encoder keeps finer weights than the decoder
                store_small(graph, bytes_too=name == DECODER, keep=_noise_tables(graph, model))
            onnx.checker.check_model(graph)
            (folder / name).write_bytes(graph.SerializeToString())
    except OSError as error:
        raise StorageError(
            f"The graphs could not be saved: {error.strerror or error}.", "Is the disk full?"
        ) from error
    cost = codec_macs(model)
    write_card(
        folder,
        **asdict(text),
        kind="codec",
        runtime="onnx",
        files={"encoder": ENCODER, "decoder": DECODER},
        parameters=sum(p.numel() for p in model.parameters()),
        macs=round(cost.encode + cost.decode),
        codec=model.spec,
    )
    return model.spec


def encoder_graph(model: CodecModel) -> onnx.ModelProto:
    """`pcm` [1, frame_size] -> `codes` [K, 1]."""
    if isinstance(model, EnvelopeCodec):
        return EnvelopeSteps(model).encoder().model(_described(model.spec))

    def step(pcm: Tensor, state: State) -> tuple[Tensor, State]:
        codes, after = model.encode(pcm[:, None], state)
        return codes[0], after

    pcm = torch.zeros(1, model.spec.format.frame_size)
    graph = StepGraph(model, step, model.encoder_state(1))
    return export_step(graph, pcm, ("pcm", "codes"), _described(model.spec))


def decoder_graph(model: CodecModel) -> onnx.ModelProto:
    """`codes` [K, 1], -1 where a codebook is not used -> `pcm` [1, frame_size]."""
    if isinstance(model, EnvelopeCodec):
        return EnvelopeSteps(model).decoder().model(_described(model.spec))
    if not isinstance(model, DecodesPartly):
        raise ModelError(
            f"{type(model).__name__} cannot be exported yet: its decoder needs every codebook.",
            "Use it with torch: paluku models import FILE",
        )
    decode = model.decode_used

    def step(codes: Tensor, state: State) -> tuple[Tensor, State]:
        pcm, after = decode(codes[None], state)
        return pcm[:, 0], after

    codes = torch.full((model.spec.n_codebooks, 1), UNUSED)
    codes[0] = 0
    graph = StepGraph(model, step, model.decoder_state(1))
    return export_step(graph, codes, ("codes", "pcm"), _described(model.spec))


def _described(spec: CodecSpec) -> dict[str, object]:
    return asdict(spec)


def _noise_tables(graph: onnx.ModelProto, model: CodecModel) -> list[str]:
    """The noise is not a weight: with other numbers it would be another noise."""
    sizes = {tuple(b.shape) for name, b in model.named_buffers() if name.endswith("noise.table")}
    return [t.name for t in graph.graph.initializer if tuple(t.dims) in sizes]
