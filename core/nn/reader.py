"""Reader: how the weights of one kind of model are recognised and read, in our layout and in foreign ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from torch import Tensor, nn

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights, WeightsFile, fill, open_weights, write_weights
from core.nn.config import from_json, to_json

C = TypeVar("C")

_MODEL, _CONFIG = "paluku.model", "paluku.config"


@dataclass(frozen=True)
class Layout(Generic[C]):
    """One way in which others publish the weights of a model."""

    name: str
    recognise: Callable[[Shapes], bool]
    convert: Callable[[Weights], tuple[C, dict[str, Tensor]]]
    """The config that the weights tell, and the weights under our names."""


@dataclass(frozen=True)
class Reader(Generic[C]):
    """All that is needed to read the weights of one kind of model."""

    name: str
    config: type[C]
    build: Callable[[C], nn.Module]
    layouts: tuple[Layout[C], ...] = ()

    def knows(self, file: WeightsFile) -> bool:
        """Whether the weights in a file are of this kind, by their names and shapes alone."""
        if _MODEL in file.metadata:
            return file.metadata[_MODEL] == self.name
        return any(layout.recognise(file.shapes) for layout in self.layouts)

    def read(self, file: WeightsFile) -> nn.Module | None:
        """The model in a file, ready for use; None if it holds another one."""
        if file.metadata.get(_MODEL) == self.name:
            config = from_json(self.config, file.metadata.get(_CONFIG, ""))
            return self._filled(config, file)
        for layout in self.layouts:
            if _MODEL not in file.metadata and layout.recognise(file.shapes):
                return self._filled(*layout.convert(file))
        return None

    def _filled(self, config: C, weights: Weights) -> nn.Module:
        model = self.build(config)
        fill(model, weights, self.name)
        return model.eval()

    def save(self, model: nn.Module, config: C, path: Path) -> None:
        """Write a model in our layout, its config with it."""
        write_weights(path, model.state_dict(), {_MODEL: self.name, _CONFIG: to_json(config)})


def read_model(path: Path, readers: Iterable[Reader[Any]]) -> nn.Module:
    """The model in a weights file, whichever of the readers knows it."""
    file, names = open_weights(path), []
    for reader in readers:
        names.append(reader.name)
        if (model := reader.read(file)) is not None:
            return model
    raise ModelError(
        f"The weights file {path.name} holds no model that Paluku knows.",
        f"It can read weights of {', '.join(names)}.",
    )


Renames = Sequence[tuple[str, str]]  # pattern, replacement: applied in this order, all of them


def rename(names: Iterable[str], renames: Renames) -> dict[str, str]:
    """Foreign name -> our name."""
    ours = {}
    for name in names:
        new = name
        for pattern, replacement in renames:
            new = re.sub(pattern, replacement, new)
        ours[name] = new
    return ours
