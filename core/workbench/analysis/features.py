"""Features: what a codec knows of a sound at each of its places, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from core.errors import ModelError
from core.nn.codecs.dualcodec import DualCodec
from core.nn.codecs.model import CodecModel
from core.nn.quantize.base import Quantizer
from core.nn.state import part
from core.nn.transformer import TransformerLayer
from core.workbench.analysis.places import Place, places_in
from core.workbench.analysis.run import Run

_UNUSED = -1  # in place of a code: its codebook is left out


@dataclass(frozen=True)
class Point:
    """A place with its feature: how wide, how often, how dear, and whether it waits for the future."""

    name: str
    path: str
    side: str
    dim: int
    rate: float
    macs_so_far: float
    """Multiply-accumulates a second that must be done to have it."""
    causal: bool


Features = dict[str, Tensor]  # name of a point -> [T, D]


def extract(codec: CodecModel, pcm: Tensor) -> Features:  # [1, 1, T]: whole frames
    """The feature at every point, in the order in which sound passes them."""
    places = places_in(codec)
    taken: Features = {}
    with torch.inference_mode():
        with _tapped(codec, [place for place in places if place.side == "encoder"], taken):
            latent, summed = _through_quantizer(codec, pcm, taken)
        taken["pre_vq"] = taken.pop("pre_vq")  # after what led to it
        _levels(codec, latent, taken)
        with _tapped(codec, [place for place in places if place.side == "decoder"], taken):
            codec.decoder(summed(), codec.decoder.initial_state(1))
    return taken


def _through_quantizer(
    codec: CodecModel, pcm: Tensor, taken: Features
) -> tuple[Tensor, Callable[[], Tensor]]:
    """The latent that is quantised, and (later, when the levels are known) the sum that is decoded."""
    if isinstance(codec, DualCodec):
        return _dual_latent(codec, pcm, taken)
    latent, _ = codec.encoder(pcm, codec.encoder.initial_state(1))
    taken["pre_vq"] = _rows(latent)
    return latent, lambda: taken["sum"].T[None]


def _dual_latent(codec: DualCodec, pcm: Tensor, taken: Features) -> tuple[Tensor, Callable[[], Tensor]]:
    """Its latent is what the semantic path leaves over; that path is a point of its own."""
    if codec.features is None:
        if not pcm.is_meta:
            raise ModelError(
                "This DualCodec has no semantic features of its own, so it cannot encode.",
                "Fetch w2v-bert-2.0, or take dualcodec-12hz-live.",
            )
        frames = pcm.shape[-1] // codec.config.hop_length * codec.config.semantic_downsample_factor
        features = pcm.new_zeros(1, codec.config.semantic_dim, frames)
    else:
        features, _ = codec.features(pcm, codec.features.initial_state(1))
    state = codec.encoder_state(1)
    frames, _ = codec.semantic_encoder(codec.pool(features), part(state, "semantic_encoder"))
    said = codec.semantic_quantizer.decode(codec.semantic_quantizer.encode(frames))
    semantic = said
    if codec.config.decode_semantic_for_codec:
        semantic, _ = codec.semantic_decoder(said, part(state, "semantic_decoder"))
    latent, _ = codec.encoder(pcm, part(state, "encoder"))
    shared = min(latent.shape[-1], semantic.shape[-1])
    semantic = semantic[..., :shared]
    rest = latent[..., :shared] - semantic
    taken["semantic"], taken["pre_vq"] = _rows(semantic), _rows(rest)
    return rest, lambda: taken["sum"].T[None]


def _levels(codec: CodecModel, latent: Tensor, taken: Features) -> None:
    """What the first codebook says, what those after it add one by one, and all together."""
    quantizer = codec.quantizer
    codes = quantizer.encode(latent)
    semantic, acoustic = getattr(quantizer, "semantic", None), getattr(quantizer, "acoustic", None)
    if isinstance(codec, DualCodec):
        first, acoustic, used = taken["semantic"], quantizer, codes
        taken["vq1"] = first
    elif isinstance(semantic, Quantizer) and acoustic is not None:  # two sides that are summed
        taken["vq1"] = _rows(semantic.decode(codes[:, :1]))
        first = _rows(semantic.decode(codes[:, : semantic.n_codebooks]))
        used = codes[:, semantic.n_codebooks :]
    else:
        first = taken["vq1"] = _rows(quantizer.decode(codes[:, :1]))
        for level in range(2, codes.shape[1] + 1):
            taken[f"acoustic.cum{level - 1}"] = _rows(quantizer.decode(codes[:, :level])) - first
        taken["sum"] = _rows(quantizer.decode(codes))
        return
    for level in range(1, used.shape[1] + 1):
        taken[f"acoustic.cum{level}"] = _rows(_said(acoustic, used, level))
    taken["sum"] = first + taken[f"acoustic.cum{used.shape[1]}"]


def _said(acoustic: Any, codes: Tensor, level: int) -> Tensor:  # [1, K, T] -> [1, D, T]
    """What the first codebooks say; one that predicts has a memory, and needs all rows of codes."""
    if isinstance(acoustic, Quantizer):
        return acoustic.decode(codes[:, :level])
    few = codes.clone()
    few[:, level:] = _UNUSED
    said: Tensor = acoustic.decode(few, acoustic.initial_state(1))[0]
    return said


@contextmanager
def _tapped(codec: CodecModel, places: list[Place], taken: Features) -> Iterator[None]:
    """While this lasts, the outputs at these places are kept."""
    undo: list[Callable[[], None]] = []
    for place in places:
        module = codec.get_submodule(place.path)
        if isinstance(module, TransformerLayer):
            undo.append(_tap_layer(module, place.name, taken))
        else:
            undo.append(module.register_forward_hook(_keeper(place.name, taken)).remove)
    try:
        yield
    finally:
        for each in undo:
            each()


def _keeper(name: str, taken: Features) -> Callable[[nn.Module, Any, Any], None]:
    def keep(module: nn.Module, inputs: Any, output: Any) -> None:
        taken[name] = _rows(output[0])

    return keep


def _tap_layer(layer: TransformerLayer, name: str, taken: Features) -> Callable[[], None]:
    """Layers are not called as modules: their `attend` is watched instead."""
    attend = layer.attend

    def watched(*args: Any, **kwargs: Any) -> Any:
        y, after = attend(*args, **kwargs)
        taken[name] = y[0].clone()  # [T, D]
        return y, after

    layer.__dict__["attend"] = watched
    return lambda: layer.__dict__.pop("attend")


def _rows(x: Tensor) -> Tensor:  # [1, D, T] -> [T, D]
    return x[0].transpose(0, 1).clone()


def points_of(codec: CodecModel, there: Run, back: Run) -> tuple[Point, ...]:
    """Every point of a codec with its shape and its price."""
    frames = 1 if codec.spec.streaming else round(codec.spec.frame_rate)
    seconds = frames / codec.spec.frame_rate
    device = next(codec.parameters()).device
    shapes = extract(codec, torch.zeros(1, 1, frames * codec.spec.format.frame_size, device=device))
    places = {place.name: place for place in places_in(codec)}
    return tuple(
        Point(
            name=name,
            path=places[name].path if name in places else "quantizer",
            side=places[name].side if name in places else "quantizer",
            dim=feature.shape[1],
            rate=feature.shape[0] / seconds,
            macs_so_far=_price(name, places.get(name), codec, there, back),
            causal=codec.spec.streaming,
        )
        for name, feature in shapes.items()
    )


def _price(name: str, place: Place | None, codec: CodecModel, there: Run, back: Run) -> float:
    if place is not None:
        run = there if place.side == "encoder" else back
        return _price_until(place.path, run) + (there.total if run is back else 0.0)
    quantizing = sum(there.below(key) for key, part in codec.named_children() if isinstance(part, Quantizer))
    before = there.total - quantizing
    if name in ("pre_vq", "semantic"):
        return before
    used, books = 1, codec.spec.n_codebooks
    if name.startswith("acoustic.cum"):
        used = 1 + int(name.removeprefix("acoustic.cum"))
    return before + quantizing * (1.0 if name == "sum" else min(used, books) / books)


def _price_until(path: str, run: Run) -> float:
    """All that was done when the module at this path had done its work."""
    order = {call.name: number for number, call in enumerate(run.calls)}
    stack, _, layer = path.rpartition(".layers.")
    inside = [number for name, number in order.items() if name == path or name.startswith(f"{path}.")]
    end = max(inside, default=-1)
    done: float = sum(cost for name, cost in run.macs.items() if order.get(name, end + 1) <= end)
    if stack:  # the attention of all layers is counted at their stack
        layers = 1 + max(int(name.split(".")[0]) for name in _below(run, f"{stack}.layers."))
        done += run.macs[stack] * (int(layer) + 1) / layers
    return done


def _below(run: Run, prefix: str) -> list[str]:
    return [call.name.removeprefix(prefix) for call in run.calls if call.name.startswith(prefix)]
