"""Library: the models of this computer, and how more of them come: from the hub, a folder or a file."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from core.cards import CARD_NAME, CardFile, Kind, ModelCard, Registry, Runtime
from core.download import STALL_SECONDS, Download, Progress, RemoteFile, find_cached, list_published
from core.errors import CardError, ModelError, StorageError
from core.fitness import Need, need_of
from core.loading import import_foreign, open_registry

State = Literal["ready", "lacks_torch", "fetchable", "plan"]

_ARRIVING = ".arriving"  # below the user's models: what is not yet a model
_WEIGHTS = (".safetensors", ".pt", ".pth", ".bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A model as a list shows it: what it is, and whether it is here."""

    id: str
    kind: Kind
    title: str
    licence: str
    runtime: Runtime
    parameters: int
    macs: int
    frame_rate: float | None
    bitrate: float | None
    languages: tuple[str, ...]
    hub: str
    state: State
    bytes: int
    arrived: int
    """Bytes of a download that was begun."""
    removable: bool
    need: Need
    """Of memory and speed, by which a machine can be judged."""

    @property
    def installed(self) -> bool:
        return self.state in ("ready", "lacks_torch")


class Fetch:
    """One model being fetched; run it on a thread, stop it from any other."""

    def __init__(
        self, library: Library, id: str, on_progress: Callable[[Progress], None], stall_seconds: float
    ) -> None:
        self._library = library
        self._id = id
        self._tell = on_progress
        self._stall = stall_seconds
        self._stopped = threading.Event()
        self._download: Download | None = None

    def stop(self) -> None:
        """Stop soon. What has arrived stays for the next time."""
        self._stopped.set()
        if self._download:
            self._download.stop()

    def run(self) -> ModelCard | None:
        """The model once it is here; None if it was stopped."""
        registry = self._library.registry
        card = registry.find(self._id)
        if card.installed:
            raise ModelError(f"{card.id} is already here.")
        if not card.hub:
            raise ModelError(f"{card.id} is not published: it has to be trained or imported.")
        folder = registry.own / _ARRIVING / card.id
        if card.files:
            return self._fetch_files(card, folder)
        weights = self._fetch_weights(card, folder)
        if weights is None:
            return None
        added = import_foreign(weights, registry)
        shutil.rmtree(folder, ignore_errors=True)
        return added

    def _fetch_weights(self, card: ModelCard, folder: Path) -> Path | None:
        """Weights as their makers published them; what another program has already fetched is taken."""
        if cached := find_cached(card.hub):
            names = [path.relative_to(cached).as_posix() for path in cached.rglob("*") if path.is_file()]
            if name := weights_among(names, card.id):
                return cached / name
        published = {file.name: file for file in list_published(card.hub)}
        name = weights_among(list(published), card.id)
        if name is None:
            raise ModelError(f"{card.hub} holds no weights that Paluku can read.")
        return self._bring(published[name], folder)

    def _fetch_files(self, card: ModelCard, folder: Path) -> ModelCard | None:
        """The files that the card itself names, each with its fingerprint."""
        published = {file.name: file for file in list_published(card.hub)}
        for file in card.files.values():
            if self._bring(_as_named(file, published, card), folder) is None:
                return None
        shutil.copyfile(card.folder / CARD_NAME, folder / CARD_NAME)
        folder.replace(self._library.registry.own / card.id)
        return self._library.registry.find(card.id)

    def _bring(self, file: RemoteFile, folder: Path) -> Path | None:
        self._download = Download(file, folder, self._tell, stall_seconds=self._stall)
        if self._stopped.is_set():  # asked only now: from here on `stop` finds the download
            return None
        return self._download.run()


class Library:
    """The models that ship, those of the user, and those that can be fetched."""

    def __init__(self, registry: Registry | None = None) -> None:
        self.registry = registry or open_registry()

    def holdings(self) -> list[Holding | CardError]:
        """All that is known, by id; a card that cannot be read comes as its error."""
        return [
            card if isinstance(card, CardError) else self._holding(card) for card in self.registry.cards()
        ]

    def fetch(
        self,
        id: str,
        on_progress: Callable[[Progress], None] = lambda _: None,
        *,
        stall_seconds: float = STALL_SECONDS,
    ) -> Fetch:
        return Fetch(self, id, on_progress, stall_seconds)

    def add(self, source: Path) -> ModelCard:
        """Add a model's folder, or weights that others published."""
        if (source / CARD_NAME).is_file():
            return self.registry.add(source)
        if not source.exists():
            raise ModelError(f"There is no {source.name} there.")
        return import_foreign(source, self.registry)

    def remove(self, id: str) -> None:
        self.registry.remove(id)

    def forget_arrived(self, id: str) -> None:
        """Throw away what has arrived of a download that nobody wants any more."""
        shutil.rmtree(self.registry.own / _ARRIVING / id, ignore_errors=True)

    def free_bytes(self) -> int:
        """What is free where models are kept."""
        place = self.registry.own
        while not place.exists():
            place = place.parent
        try:
            return shutil.disk_usage(place).free
        except OSError as error:
            raise StorageError(f"The disk of the models cannot be read: {error.strerror}.") from error

    def _holding(self, card: ModelCard) -> Holding:
        spec = card.codec or card.speech
        arriving = self.registry.own / _ARRIVING / card.id
        return Holding(
            id=card.id,
            kind=card.kind,
            title=card.title,
            licence=card.licence,
            runtime=card.runtime,
            parameters=card.parameters,
            macs=card.macs,
            frame_rate=spec.frame_rate if spec else None,
            bitrate=card.codec.bitrate() if card.codec else None,
            languages=card.languages,
            hub=card.hub,
            state=_state(card),
            bytes=card.bytes,
            arrived=sum(file.stat().st_size for file in arriving.rglob("*") if file.is_file()),
            removable=card.installed and not self.registry.is_shipped(card),
            need=need_of(card),
        )


def weights_among(names: list[str], id: str) -> str | None:
    """The file that holds the weights of this model, among all that its makers published."""
    for suffix in _WEIGHTS:
        found = [name for name in names if name.endswith(suffix)]
        if found:
            # several models may share a repository: the one that is called most like ours
            parts = id.replace("_", "-").split("-")
            return max(found, key=lambda name: (sum(part in name for part in parts), -len(name), name))
    return None


def _as_named(file: CardFile, published: dict[str, RemoteFile], card: ModelCard) -> RemoteFile:
    if file.path not in published:
        raise ModelError(f"{card.hub} does not hold {file.path}.", "It may have been moved or withdrawn.")
    return replace(published[file.path], bytes=file.bytes, sha256=file.sha256)


def _state(card: ModelCard) -> State:
    if not card.installed:
        return "fetchable" if card.hub else "plan"
    if card.runtime == "torch" and find_spec("torch") is None:
        return "lacks_torch"
    return "ready"
