"""Published speech models of the Moshi family: recognised by names and shapes, read tensor by tensor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights, WeightsFile, fill, open_weights
from core.nn.reader import rename
from core.nn.rope import Rope
from core.nn.s2s.checkpoint_config import DEFAULTS, Published, from_published, from_transformers, trait_names
from core.nn.s2s.checkpoint_names import MOSHI_NAMES, TRANSFORMERS_NAMES
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.device import Device, choose_device
from core.nn.state import total_bytes

_MOSHI = {"text_emb.weight", "emb.0.weight", "text_linear.weight", "out_norm.alpha"}
_TRANSFORMERS = {"decoder.model.embed_tokens.weight", "depth_decoder.text_embed_tokens.weight"}
_SCALES = "_scb"
_CONDITIONER = "condition_provider.conditioners."


@dataclass(frozen=True)
class PublishedModel:
    """A speech model of the Moshi family on disk: what it is, before its weights are read."""

    name: str
    config: DecoderConfig
    traits: tuple[str, ...]
    """What it can be told of its voice, by name."""
    weights: Weights
    shapes: Shapes
    transformers: bool
    early_ends: bool
    """Whether it ends its text too early, so that the end counts as a pause."""

    def bytes_in_half(self) -> int:
        """Memory for its weights and for a talk, in half precision."""
        with torch.device("meta"):
            model = SpeechDecoder(self.config).to(torch.bfloat16)
            talk = total_bytes(model.initial_state(1))
        return sum(weight.numel() * 2 for weight in model.parameters()) + talk

    def load(self, device: Device | None = None) -> SpeechDecoder:
        """Read it onto a device, by default the fastest that has room for it."""
        device = device or choose_device(self.bytes_in_half())
        with torch.device("meta"):
            model = SpeechDecoder(self.config)
        # the shapes are followed first: what does not fit is told before gigabytes are read
        fill(model, dict(self._ours(_Shadow(self.shapes))), self.name)
        placed = {
            name: tensor.to(device.torch_device, device.dtype) for name, tensor in self._ours(self.weights)
        }
        model.load_state_dict(placed, assign=True)
        for part in model.modules():
            if isinstance(part, Rope):
                part.to_empty(device=device.torch_device)  # its angles are computed anew there
        return model.eval().requires_grad_(False)

    def _ours(self, weights: Weights) -> Iterator[tuple[str, Tensor]]:
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


def open_published(weights: Path, config: Path | None = None) -> PublishedModel:
    """What a weights file (or the index of several) holds; its values are not read yet."""
    file, shapes = _open(weights)
    published = _read_config(
        config if config else weights.with_name("config.json"), wanted=config is not None
    )
    names = set(shapes)
    if names >= _TRANSFORMERS:
        settings, transformers = from_transformers(published), True
    elif names >= _MOSHI:
        settings, transformers = from_published(_counted(published, names)), False
    else:
        raise ModelError(
            f"The weights file {weights.name} holds no speech model that Paluku knows.",
            "It can read Moshi, PersonaPlex, Human-1, Hibiki and Kyutai's speech-to-text.",
        )
    return PublishedModel(
        name=str(published.get("model_type", "moshi")),
        config=settings,
        traits=trait_names(published),
        weights=file,
        shapes=shapes,
        transformers=transformers,
        early_ends=published.get("model_type") == "hibiki",
    )


def _counted(published: Published, names: set[str]) -> Published:
    """Without a config: the defaults, and the number of codes that the names tell."""
    if "dim" in published:
        return published
    depth = sum(name.startswith("linears.") and name.endswith(".weight") for name in names)
    streams = sum(name.startswith("emb.") and name.endswith(".weight") for name in names)
    return {**DEFAULTS, "dep_q": depth, "n_q": streams, **published}


def _read_config(path: Path, *, wanted: bool) -> Published:
    if not path.is_file() and not wanted:
        return {}
    try:
        published = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"The model's {path.name} cannot be read: {error}.") from error
    if not isinstance(published, dict):
        raise ModelError(f"The model's {path.name} is not a table of settings.")
    return published


def _open(path: Path) -> tuple[Weights, Shapes]:
    if path.suffix == ".json":
        files = [_open_one(path.with_name(name)) for name in _parts(path)]
        shapes = {name: shape for file in files for name, shape in file.shapes.items()}
        return _Parts({name: file for file in files for name in file}), shapes
    file = _open_one(path)
    return file, file.shapes


def _parts(index: Path) -> list[str]:
    try:
        return sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(f"The list of weights files {index.name} cannot be read: {error}.") from error


def _open_one(path: Path) -> WeightsFile:
    """Pickled weights are read whole when they are opened, so their room is asked for first."""
    size, free = path.stat().st_size if path.is_file() else 0, psutil.virtual_memory().available
    if path.suffix != ".safetensors" and size > free:
        raise ModelError(
            f"The weights file {path.name} needs {size / 1e9:.1f} GB of memory; {free / 1e9:.1f} are free.",
            "Look for the same weights as .safetensors, which are read piece by piece.",
        )
    return open_weights(path)


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


class _Shadow(Weights):
    """Weights of which only the shapes are known."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes

    def __getitem__(self, name: str) -> Tensor:
        return torch.empty(self._shapes[name], device="meta")

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)


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
