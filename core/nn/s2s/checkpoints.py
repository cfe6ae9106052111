"""Published speech models of the Moshi family: recognised by names and shapes, read tensor by tensor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights, WeightsFile
from core.nn.reader import rename
from core.nn.s2s.checkpoint_config import DEFAULTS, Published, from_published, from_transformers, trait_names
from core.nn.s2s.checkpoint_names import MOSHI_NAMES, TRANSFORMERS_NAMES
from core.nn.s2s.decoder import DecoderConfig
from core.nn.s2s.stored import StoredModel, open_file, open_ours

_MOSHI = {"text_emb.weight", "emb.0.weight", "text_linear.weight", "out_norm.alpha"}
_TRANSFORMERS = {"decoder.model.embed_tokens.weight", "depth_decoder.text_embed_tokens.weight"}
_SCALES = "_scb"
_CONDITIONER = "condition_provider.conditioners."


@dataclass(frozen=True)
class _Published:
    """How the weights of a published model become ours."""

    config: DecoderConfig
    traits: tuple[str, ...]
    transformers: bool
    early_ends: bool
    """Whether it ends its text too early, so that the end counts as a pause."""

    def ours(self, weights: Weights) -> Iterator[tuple[str, Tensor]]:
        """All weights under our names."""
        # a listener's files have a layer for the depth model that it lacks
        ignored = _IGNORED if self.config.depth else (*_IGNORED, "depformer_in.")
        theirs = [name for name in weights if not name.endswith(_SCALES) and not name.startswith(ignored)]
        names = TRANSFORMERS_NAMES if self.transformers else MOSHI_NAMES
        for name, ours in rename(theirs, names).items():
            if name.startswith(_CONDITIONER):
                yield from self._trait(weights, name)
                continue
            if ".self_attn.k_proj." in name or ".self_attn.v_proj." in name:
                continue
            tensor = _joined(weights, name)
            if name == "text_emb.weight" and self.early_ends:
                tensor = _with_row(tensor, 2, tensor[self.config.streams.text_pad])
            if "*" in ours:
                for number, one in enumerate(_unstacked(tensor, self._sets(ours))):
                    yield ours.replace("*", str(number)), one
            else:
                yield ours, tensor.flatten() if ours.endswith("alpha") else tensor

    def _trait(self, weights: Weights, name: str) -> Iterator[tuple[str, Tensor]]:
        """A table of conditions and the layer behind it are one table."""
        if not name.endswith(".embed.weight"):
            return
        rows = weights[name][: len(self.traits)].float()
        project = weights[name.replace(".embed.", ".output_proj.")].float()
        yield "voice.traits.speaker.table.weight", rows @ project.T

    def _sets(self, ours: str) -> int:
        depth = self.config.depth
        if depth is None or not ours.startswith("depth."):
            return 1
        if ours.startswith("depth.heads."):
            return depth.n_codebooks
        schedule = depth.inputs if ours.startswith("depth.inputs.") else depth.transformer.schedule
        return max(schedule, default=0) + 1


_IGNORED = ("audio_encoder.", "fuser.")


def open_speech(weights: Path, config: Path | None = None) -> StoredModel:
    """The speech model in a weights file (or in those that an index names); its values are not read yet."""
    if weights.suffix == ".json":
        return _open_published(weights.name, *_open_parts(weights), _config_beside(weights, config))
    file = open_file(weights)
    own = open_ours(file)
    if own is not None:
        return own
    return _open_published(weights.name, file, file.shapes, _config_beside(weights, config))


def _open_published(name: str, weights: Weights, shapes: Shapes, published: Published) -> StoredModel:
    names = set(shapes)
    if names >= _TRANSFORMERS:
        config, transformers = from_transformers(published), True
    elif names >= _MOSHI:
        config, transformers = from_published(_counted(published, names)), False
    else:
        raise ModelError(
            f"The weights file {name} holds no speech model that Paluku knows.",
            "It can read its own, Moshi, PersonaPlex, Human-1, Hibiki and Kyutai's speech-to-text.",
        )
    family, traits = str(published.get("model_type", "moshi")), trait_names(published)
    reading = _Published(config, traits, transformers, early_ends=family == "hibiki")
    return StoredModel(family, config, weights, shapes, reading.ours, traits)


def _counted(published: Published, names: set[str]) -> Published:
    """Without a config: the defaults, and the number of codes that the names tell."""
    if "dim" in published:
        return published
    depth = sum(name.startswith("linears.") and name.endswith(".weight") for name in names)
    streams = sum(name.startswith("emb.") and name.endswith(".weight") for name in names)
    return {**DEFAULTS, "dep_q": depth, "n_q": streams, **published}


def _config_beside(weights: Path, config: Path | None) -> Published:
    """The config.json of a model; it may be missing where nobody named it."""
    path = config or weights.with_name("config.json")
    if config is None and not path.is_file():
        return {}
    try:
        published = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"The model's {path.name} cannot be read: {error}.") from error
    if not isinstance(published, dict):
        raise ModelError(f"The model's {path.name} is not a table of settings.")
    return published


def _open_parts(index: Path) -> tuple[Weights, Shapes]:
    try:
        names = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(f"The list of weights files {index.name} cannot be read: {error}.") from error
    files = [open_file(index.with_name(name)) for name in sorted(names)]
    shapes = {name: shape for file in files for name, shape in file.shapes.items()}
    return _Parts({name: file for file in files for name in file}), shapes


class _Parts(Weights):
    """The weights of several files."""

    def __init__(self, files: Mapping[str, WeightsFile]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> Tensor:
        return self._files[name][name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _joined(weights: Weights, name: str) -> Tensor:
    """A tensor with its scales applied, and queries, keys and values as one."""
    if ".self_attn.q_proj." in name:
        names = [name.replace(".q_proj.", f".{part}_proj.") for part in "qkv"]
        missing = [part for part in names if part not in weights]
        if missing:
            raise ModelError(f"The weights are not whole (missing: {', '.join(missing)}).")
        return torch.cat([weights[part] for part in names], dim=-2)
    tensor = weights[name]
    if name + _SCALES in weights:  # rows of whole numbers, each with the value of its largest one
        return tensor.float() * weights[name + _SCALES].float()[:, None] / 127
    return tensor


def _with_row(table: Tensor, row: int, value: Tensor) -> Tensor:
    changed = table.clone()
    changed[row] = value
    return changed


def _unstacked(tensor: Tensor, sets: int) -> list[Tensor]:
    """The sets of weights in a tensor: along an axis of their own, or one below the other."""
    if tensor.dim() == 3:
        return list(tensor.unbind())
    if tensor.shape[0] % sets:
        raise ModelError(f"A tensor of {tensor.shape[0]} rows does not hold {sets} sets of weights.")
    return list(tensor.reshape(sets, -1, tensor.shape[-1]).unbind())
