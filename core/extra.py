"""Extra: the libraries that the program people download does without, in a folder of the user's.

With torch the program would be four times as large. The extra holds torch, what measuring and training
need, and the parts of Python that the program itself never uses (`packaging/make_extra.py` makes it). It is
code and no model: it runs inside the program, which is why it must be of the very same Python.
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from core.errors import ModelError, StorageError
from core.folders import data_folder

FOLDER = "extra"
TOLD = "extra.json"
PARTS = ("site", "python", "python/lib-dynload")
"""Where the libraries lie in the folder, and the rest of Python."""

_LIBRARIES = {
    "torch": ("torch", "safetensors", "sentencepiece"),
    "train": ("onnx", "scipy", "pyworld", "pystoi", "pesq"),
}


@dataclass(frozen=True, slots=True)
class Extra:
    """What an extra says of itself."""

    system: str
    torch: str
    bytes: int


def system() -> str:
    """What the libraries of an extra must be made for."""
    return f"{sys.platform}-{platform.machine().lower()}-python{platform.python_version()}"


def is_frozen() -> bool:
    """Whether this is the program that people download; elsewhere Python's own tools install libraries."""
    return bool(getattr(sys, "frozen", False))


def how_to_add(name: str) -> str:
    """What a person does who lacks the libraries of the extra `name`: torch or train."""
    if is_frozen():
        return (
            "Download the extra that belongs to this Paluku (paluku-extra, 700 MB when it is unpacked), "
            "then: paluku extra add FILE"
        )
    return f"Install Paluku with its {name} extra: pip install 'paluku[{name}]'"


def missing(error: ModuleNotFoundError) -> ModelError | None:
    """What to say where a library of an extra is missing; None if it is another one, which is a fault."""
    library = (error.name or "").partition(".")[0]
    for name, libraries in _LIBRARIES.items():
        if library in libraries:
            return ModelError(f"This needs the library {library}, which is not installed.", how_to_add(name))
    return None


def place() -> Path:
    """Where the extra lies."""
    return data_folder() / FOLDER


def find() -> Extra | None:
    """The extra that is here, whether or not it fits."""
    try:
        return read_told((place() / TOLD).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"The extra cannot be read: {error.strerror}.") from error


def join() -> None:
    """Let this program find the extra's libraries, behind its own. Nothing happens where there is none."""
    if not is_frozen():
        return
    try:
        extra = find()
    except (ModelError, StorageError):
        return  # `paluku extra` tells why; the program itself needs none
    if extra is None or extra.system != system():
        return
    places = [str(place() / part) for part in PARTS]
    if not any(isinstance(finder, _Behind) for finder in sys.meta_path):
        sys.path.extend(places)
        sys.meta_path.append(_Behind(places))


class _Behind:
    """Finds the parts of packages of which the program took along only what it uses itself."""

    def __init__(self, places: Sequence[str]) -> None:
        self._places = places

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object | None = None
    ) -> ModuleSpec | None:
        if path is None:
            return None
        parents = name.split(".")[:-1]
        return PathFinder.find_spec(name, [str(Path(place, *parents)) for place in self._places])


def remove() -> None:
    """Take the extra away."""
    if not place().is_dir():
        raise ModelError("There is no extra here.")
    try:
        shutil.rmtree(place())
    except OSError as error:
        raise StorageError(f"The extra could not be deleted: {error.strerror}.") from error


def write_told(folder: Path, torch: str) -> Extra:
    """Say in the folder of an extra what it is; the last step of making one."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    extra = Extra(system(), torch, size)
    (folder / TOLD).write_text(json.dumps(asdict(extra)) + "\n", encoding="utf-8")
    return extra


def read_told(raw: bytes) -> Extra:
    """What an extra says of itself, as it was written."""
    try:
        told = json.loads(raw)
        extra = Extra(str(told["system"]), str(told["torch"]), int(told["bytes"]))
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise ModelError("What the extra says of itself cannot be read.", "Add it again.") from error
    if extra.bytes < 0:
        raise ModelError("What the extra says of itself cannot be read.", "Add it again.")
    return extra
