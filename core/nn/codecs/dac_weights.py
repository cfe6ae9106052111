"""Released weights of the DAC family, renamed to our layout: descript's names and transformers' names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.codecs.dac import Dac, DacConfig

# Our module -> theirs. {b}: block, {u}: residual unit, {k}: codebook, {last}: what follows the blocks.
Table = dict[str, str]

_DESCRIPT_ENCODER: Table = {
    "conv_in.conv": "block.0",
    "blocks.{b}.{u}.branch.0": "block.{b+1}.block.{u}.block.0",
    "blocks.{b}.{u}.branch.1.conv": "block.{b+1}.block.{u}.block.1",
    "blocks.{b}.{u}.branch.2": "block.{b+1}.block.{u}.block.2",
    "blocks.{b}.{u}.branch.3.conv": "block.{b+1}.block.{u}.block.3",
    "blocks.{b}.3": "block.{b+1}.block.3",
    "blocks.{b}.4.conv": "block.{b+1}.block.4",
    "snake": "block.{last}",
    "conv_out.conv": "block.{last+1}",
}
_DESCRIPT_DECODER: Table = {
    "conv_in.conv": "model.0",
    "blocks.{b}.0": "model.{b+1}.block.0",
    "blocks.{b}.1.conv": "model.{b+1}.block.1",
    "blocks.{b}.{u+2}.branch.0": "model.{b+1}.block.{u+2}.block.0",
    "blocks.{b}.{u+2}.branch.1.conv": "model.{b+1}.block.{u+2}.block.1",
    "blocks.{b}.{u+2}.branch.2": "model.{b+1}.block.{u+2}.block.2",
    "blocks.{b}.{u+2}.branch.3.conv": "model.{b+1}.block.{u+2}.block.3",
    "snake": "model.{last}",
    "conv_out.conv": "model.{last+1}",
}
_TRANSFORMERS_ENCODER: Table = {
    "conv_in.conv": "conv1",
    "blocks.{b}.{u}.branch.0": "block.{b}.res_unit{u+1}.snake1",
    "blocks.{b}.{u}.branch.1.conv": "block.{b}.res_unit{u+1}.conv1",
    "blocks.{b}.{u}.branch.2": "block.{b}.res_unit{u+1}.snake2",
    "blocks.{b}.{u}.branch.3.conv": "block.{b}.res_unit{u+1}.conv2",
    "blocks.{b}.3": "block.{b}.snake1",
    "blocks.{b}.4.conv": "block.{b}.conv1",
    "snake": "snake1",
    "conv_out.conv": "conv2",
}
_TRANSFORMERS_DECODER: Table = {
    "conv_in.conv": "conv1",
    "blocks.{b}.0": "block.{b}.snake1",
    "blocks.{b}.1.conv": "block.{b}.conv_t1",
    "blocks.{b}.{u+2}.branch.0": "block.{b}.res_unit{u+1}.snake1",
    "blocks.{b}.{u+2}.branch.1.conv": "block.{b}.res_unit{u+1}.conv1",
    "blocks.{b}.{u+2}.branch.2": "block.{b}.res_unit{u+1}.snake2",
    "blocks.{b}.{u+2}.branch.3.conv": "block.{b}.res_unit{u+1}.conv2",
    "snake": "snake1",
    "conv_out.conv": "conv2",
}
_QUANTIZER: Table = {
    "levels.{k}.in_proj": "quantizers.{k}.in_proj",
    "levels.{k}.out_proj": "quantizers.{k}.out_proj",
    "levels.{k}.codebook": "quantizers.{k}.codebook",
}

N_UNITS = 3


def read_dac(tensors: Mapping[str, Tensor], config: DacConfig) -> dict[str, Tensor]:
    """Weights in either published layout, as a state dict for a `Dac` of this config (weights folded)."""
    if "encoder.conv1.weight" in tensors:
        names = transformers_names(config)
    elif any(name.startswith("encoder.block.0.") for name in tensors):
        names = descript_names(config)
    else:
        raise ModelError("These are not weights of a DAC.", "Known are descript's and transformers' layouts.")
    with torch.device("meta"):
        expected = Dac(config)
    return rename(tensors, names, {name: value.shape for name, value in expected.state_dict().items()})


def descript_names(config: DacConfig) -> Table:
    """Our modules -> those of the descript-audio-codec package."""
    return {
        **expand(_DESCRIPT_ENCODER, "encoder", blocks=len(config.encoder_rates)),
        **expand(_QUANTIZER, "quantizer", codebooks=config.n_codebooks),
        **expand(_DESCRIPT_DECODER, "decoder", blocks=len(config.decoder_rates)),
    }


def transformers_names(config: DacConfig) -> Table:
    """Our modules -> those of the transformers package."""
    return {
        **expand(_TRANSFORMERS_ENCODER, "encoder", blocks=len(config.encoder_rates)),
        **expand(_QUANTIZER, "quantizer", codebooks=config.n_codebooks),
        **expand(_TRANSFORMERS_DECODER, "decoder", blocks=len(config.decoder_rates)),
    }


def expand(table: Table, prefix: str, *, blocks: int = 1, codebooks: int = 1) -> Table:
    """A table with its places filled by every number they stand for."""
    names = {}
    for (ours, theirs), b, u, k in product(table.items(), range(blocks), range(N_UNITS), range(codebooks)):
        places = {
            "{b}": b, "{b+1}": b + 1, "{u}": u, "{u+1}": u + 1, "{u+2}": u + 2, "{k}": k,
            "{last}": blocks + 1, "{last+1}": blocks + 2,
        }  # fmt: skip
        for place, number in places.items():
            ours, theirs = ours.replace(place, str(number)), theirs.replace(place, str(number))
        names[f"{prefix}.{ours}"] = f"{prefix}.{theirs}"
    return names


def rename(
    tensors: Mapping[str, Tensor], names: Table, expected: Mapping[str, torch.Size]
) -> dict[str, Tensor]:
    """The expected tensors, each found under its module's other name; weight norm is folded.

    A tensor that is missing, left over or of another shape is an error that names it.
    """
    found: dict[str, Tensor] = {}
    used: set[str] = set()
    for name, shape in expected.items():
        module, _, leaf = name.rpartition(".")
        theirs = f"{names[module]}.{leaf}"
        for value in _folded(tensors, theirs, used):
            found[name] = (
                value.reshape(shape) if leaf == "alpha" and value.numel() == shape.numel() else value
            )
        if name not in found:
            raise ModelError(
                f"The weights lack the tensor {theirs}.", "The file may be cut, or of another model."
            )
        if found[name].shape != shape:
            given, wanted = tuple(found[name].shape), tuple(shape)
            raise ModelError(f"The tensor {theirs} has the shape {given}, where {wanted} is needed.")
    extra = sorted(set(tensors) - used)
    if extra:
        raise ModelError(f"The weights hold {len(extra)} tensors of another model, such as {extra[0]}.")
    return found


def _folded(tensors: Mapping[str, Tensor], name: str, used: set[str]) -> Iterator[Tensor]:
    """The tensor of this name; a weight may be stored as length and direction, in the old way or the new."""
    if name in tensors:
        used.add(name)
        yield tensors[name]
        return
    module, _, leaf = name.rpartition(".")
    pairs = ((f"{name}_g", f"{name}_v"), _parametrized(module, leaf))
    for length, direction in pairs:
        if length in tensors and direction in tensors:
            used.update((length, direction))
            yield fold(tensors[length], tensors[direction])


def _parametrized(module: str, leaf: str) -> tuple[str, str]:
    kept = f"{module}.parametrizations.{leaf}"
    return f"{kept}.original0", f"{kept}.original1"


def fold(length: Tensor, direction: Tensor) -> Tensor:
    """Weight norm undone: every row of `direction` [C, ...] at its `length` [C, 1, ...]."""
    norm = direction.flatten(1).norm(dim=1).reshape(length.shape)
    folded: Tensor = direction * (length / norm)
    return folded
