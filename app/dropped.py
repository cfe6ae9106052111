"""Dropped: what somebody lets fall on the window, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QMimeData

from app.trouble import Trouble

Use = Literal["hear", "import", "nothing"]

SOUNDS = (".wav", ".flac", ".ogg", ".mp3")
_CARD = "model.toml"
_WEIGHTS = (".safetensors", ".pt", ".pth", ".bin")
_LOOKED_AT = 2000  # entries of a folder: it may be a whole disk

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file or a folder from this computer."""

    path: Path

    @property
    def use(self) -> Use:
        """A sound is a turn of the talk, a model is imported; of the rest nothing can be made."""
        if self.path.is_dir():
            return "import" if any(_of_model(name) for name in self._names()) else "nothing"
        if self.path.suffix.lower() in SOUNDS:
            return "hear"
        return "import" if _of_model(self.path.name) else "nothing"

    def refusal(self) -> Trouble:
        """Why nothing can be made of it, and what could be dropped instead."""
        name = self.path.name
        if self.path.is_dir() and any(one.lower().endswith(SOUNDS) for one in self._names()):
            message = translate("dropped", "{name} is a folder. One recording at a time can be heard.")
            hint = translate("dropped", "Drop one of the sound files that lie in it.")
        else:
            message = translate("dropped", "Nothing can be made of {name}.")
            hint = translate("dropped", "Drop a sound file to talk with it, or a model to import it.")
        return Trouble(message.format(name=name), hint)

    def _names(self) -> Iterator[str]:
        """What lies in the folder, as far as it can be seen."""
        try:
            yield from (entry.name for entry in islice(self.path.iterdir(), _LOOKED_AT))
        except OSError:
            return  # what cannot be read holds nothing for us: the refusal says so


def dropped_of(mime: QMimeData) -> list[Dropped]:
    """All that is being dragged and lies on this computer."""
    return [Dropped(Path(url.toLocalFile())) for url in mime.urls() if url.isLocalFile()]


def _of_model(name: str) -> bool:
    return name == _CARD or name.lower().endswith(_WEIGHTS)
