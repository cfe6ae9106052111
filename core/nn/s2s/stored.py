"""StoredModel: a speech model on disk, known before its weights are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights, WeightsFile, fill, open_weights
from core.nn.config import from_json
from core.nn.reader import Reader
from core.nn.rope import Rope
from core.nn.s2s.conformer import Conformer, ConformerConfig
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.device import Device, choose_device
from core.nn.s2s.int8 import prepare_int8, rounded
from core.nn.state import total_bytes
from core.nn.streaming import State

DUPLEX_READER = Reader("duplex", DecoderConfig, SpeechDecoder)
CONFORMER_READER = Reader("conformer", ConformerConfig, Conformer)

SpeechConfig = DecoderConfig | ConformerConfig
SpeechNet = SpeechDecoder | Conformer


@dataclass(frozen=True)
class StoredModel:
    """A speech model on disk: what it is, how much room it needs, and how to load it."""

    name: str
    config: SpeechConfig
    weights: Weights
    shapes: Shapes
    ours: Callable[[Weights], Iterator[tuple[str, Tensor]]]
    """All weights under our names, one after another."""
    traits: tuple[str, ...] = ()
    """What it can be told of its voice, where its config names it."""

    def outline(self) -> SpeechNet:
        """The model without any memory for its weights."""
        with torch.device("meta"):
            if isinstance(self.config, DecoderConfig):
                return SpeechDecoder(self.config)
            return Conformer(self.config)

    def bytes_in_half(self, *, int8: bool = False) -> int:
        """Memory for its weights and for a talk, in half precision."""
        model = self.outline().to(torch.bfloat16)
        if int8:
            prepare_int8(model)
        weights = sum(min(weight.element_size(), 2) * weight.numel() for weight in model.parameters())
        return weights + total_bytes(_talk(model))

    def load(self, device: Device | None = None, *, int8: bool = False) -> SpeechNet:
        """Read it onto a device, by default the fastest that has room for it; in whole numbers if wished."""
        device = device or choose_device(self.bytes_in_half(int8=int8), only_half=int8)
        model = self.outline()
        # shapes first: what does not fit is told before gigabytes are read
        fill(model, dict(self.ours(_Shadow(self.shapes))), self.name)
        if int8:
            prepare_int8(model)
        wanted = model.state_dict()
        placed: dict[str, Tensor] = {}
        for name, whole in self.ours(self.weights):
            parts = rounded(name, whole) if wanted[name].dtype == torch.int8 else [(name, whole)]
            for part, tensor in parts:
                dtype = device.dtype if tensor.is_floating_point() else None
                placed[part] = tensor.to(device.torch_device, dtype)
        model.load_state_dict(placed, assign=True)
        for module in model.modules():
            if isinstance(module, Rope):
                module.to_empty(device=device.torch_device)  # its angles are computed anew there
        return model.eval().requires_grad_(False)


def open_ours(file: WeightsFile) -> StoredModel | None:
    """A model in our own layout; None if the file is another's."""
    for reader in (DUPLEX_READER, CONFORMER_READER):
        if file.metadata.get("paluku.model") == reader.name:
            config = from_json(reader.config, file.metadata.get("paluku.config", ""))
            return StoredModel(reader.name, config, file, file.shapes, lambda weights: iter(weights.items()))
    return None


def open_file(path: Path) -> WeightsFile:
    """A weights file; a pickled one is read whole at once, so its room is asked for first."""
    size, free = path.stat().st_size if path.is_file() else 0, psutil.virtual_memory().available
    if path.suffix != ".safetensors" and size > free:
        raise ModelError(
            f"The weights file {path.name} needs {size / 1e9:.1f} GB of memory; {free / 1e9:.1f} are free.",
            "Look for the same weights as .safetensors, which are read piece by piece.",
        )
    return open_weights(path)


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


def _talk(model: SpeechNet) -> State:
    """The memory of one talk."""
    if isinstance(model, SpeechDecoder):
        return model.initial_state(1)
    return {
        "encoder": model.encoder.initial_state(1),
        "decoder": model.decoder.initial_state(
            1, torch.empty(1, 1, model.config.encoder.dim, device="meta", dtype=torch.bfloat16)
        ),
    }
