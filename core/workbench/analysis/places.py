"""Places: where inside a codec a feature can be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from torch import nn

from core.nn.codecs.dac_layers import DacDecoder, DacEncoder
from core.nn.codecs.jodio import Jodio, JodioTransformer
from core.nn.codecs.model import CodecModel
from core.nn.codecs.telugu import Contextual
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.convnext import ConvNeXtBlock
from core.nn.seanet import ResidualBlock, SeanetDecoder, SeanetEncoder
from core.nn.transformer import Transformer

Side = Literal["encoder", "quantizer", "decoder"]


@dataclass(frozen=True)
class Place:
    """A module of a codec whose output is a feature."""

    name: str
    path: str
    """The dotted name of the module."""
    side: Side


def places_in(codec: CodecModel) -> list[Place]:
    """The places of a codec, in the order in which sound passes them.

    A block of an encoder ends with its stride, so that its frames are few, and one of a decoder with its
    residual units; `enc.out` is the last convolution before a Transformer or the quantizer.
    """
    blocks = list(_encoder_blocks(codec))
    found = [Place(f"enc.block{number}", path, "encoder") for number, path in enumerate(blocks)]
    if (last := _end_of_convolutions(codec)) is not None:
        found.append(Place("enc.out", last, "encoder"))
    for side, short in (("encoder", "enc"), ("decoder", "dec")):
        layers = enumerate(_layers(getattr(codec, side), side))
        found += [Place(f"{short}.tr{number}", path, side) for number, path in layers]  # type: ignore[arg-type]
    blocks = list(_decoder_blocks(codec))
    return found + [Place(f"dec.block{number}", path, "decoder") for number, path in enumerate(blocks)]


def _layers(module: nn.Module, path: str) -> Iterator[str]:
    for name, part in module.named_modules(prefix=path):
        if isinstance(part, Transformer):
            yield from (f"{name}.layers.{number}" for number in range(len(part.layers)))


def _encoder_blocks(codec: CodecModel) -> Iterator[str]:
    for name, part in codec.encoder.named_modules(prefix="encoder"):
        if isinstance(part, DacEncoder):
            yield from (f"{name}.blocks.{number}" for number, _ in part.blocks.named_children())
        elif isinstance(part, SeanetEncoder) or (isinstance(codec, Jodio) and name == "encoder"):
            strided = ((key, link) for key, link in part.named_children() if isinstance(link, CausalConv1d))
            yield from (f"{name}.{key}" for key, link in strided if link.stride > 1)
        elif isinstance(part, ConvNeXtBlock):
            yield name


def _end_of_convolutions(codec: CodecModel) -> str | None:
    before = None
    for name, part in codec.encoder.named_modules(prefix="encoder"):
        if isinstance(part, DacEncoder | SeanetEncoder):
            return str(name)
        if isinstance(part, Transformer | JodioTransformer | Contextual):
            return before
        if isinstance(part, CausalConv1d):
            before = name
    return None


def _decoder_blocks(codec: CodecModel) -> Iterator[str]:
    for name, part in codec.decoder.named_modules(prefix="decoder"):
        if isinstance(part, DacDecoder):
            yield from (f"{name}.blocks.{number}" for number, _ in part.blocks.named_children())
        elif isinstance(part, SeanetDecoder):
            yield from (f"{name}.{key}" for key, link in part.named_children() if _is_residual(link))
        elif isinstance(codec, Jodio) and name == "decoder":
            spread = (key for key, link in part.named_children() if isinstance(link, CausalConvTranspose1d))
            yield from (f"{name}.{key}" for key in spread)
        elif isinstance(part, ConvNeXtBlock):
            yield name


def _is_residual(link: nn.Module) -> bool:
    return isinstance(link, ResidualBlock)
