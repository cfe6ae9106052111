"""ModelCard and Registry: which models there are, what they are, and whether their files are whole."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from core.audio.base import AudioFormat
from core.checked import is_whole
from core.codecs.base import CodecSpec
from core.errors import CardError, ModelError, StorageError
from core.folders import make_private, stays_inside
from core.s2s.base import SpeechSpec

T = TypeVar("T")
Kind = Literal["codec", "speech", "enhance"]
Runtime = Literal["onnx", "torch"]

CARD_NAME = "model.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFile:
    """One file of a model: its name in the model's folder, its size and its fingerprint."""

    path: str
    sha256: str
    bytes: int

    def __post_init__(self) -> None:
        if not stays_inside(self.path):
            raise CardError(f"A card names a file outside its folder: {self.path!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a model is: for the program to load it and for a person to choose it."""

    id: str
    kind: Kind
    title: str
    licence: str
    runtime: Runtime
    folder: Path
    parameters: int = 0
    macs: int = 0
    """Multiply-accumulates for a second of sound, there and back."""
    languages: tuple[str, ...] = ()
    """Languages that its weights were measured on."""
    hub: str = ""
    """Where missing files can be fetched: owner/name@commit on the model hub."""
    files: Mapping[str, CardFile] = field(default_factory=dict)
    codec: CodecSpec | None = None
    speech: SpeechSpec | None = None

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files.values())

    @property
    def installed(self) -> bool:
        """Whether all its files are there (their content is checked when they are used).

        A card without files is a plan: a model to be fetched, imported or trained.
        """
        return bool(self.files) and all((self.folder / file.path).is_file() for file in self.files.values())

    def file(self, role: str) -> Path:
        """The path of the file with this role, after checking that it is whole."""
        if not self.files:
            source = f"They are published as {self.hub}. " if self.hub else ""
            raise ModelError(
                f"There are no weights of {self.id} here yet.",
                f"{source}Add a weights file with: paluku models import FILE",
            )
        entry = self.files.get(role)
        if entry is None:
            raise CardError(f"The card of {self.id} names no file for “{role}”.")
        path = self.folder / entry.path
        if not path.is_file():
            hint = "Fetch it on the models page." if self.hub else "Copy the model's folder again."
            raise ModelError(f"The file {entry.path} of {self.id} is missing.", hint)
        size = path.stat().st_size
        if size != entry.bytes:
            raise ModelError(
                f"The file {entry.path} of {self.id} is cut or changed: {size:,} bytes of {entry.bytes:,}.",
                "Remove the model and fetch or copy it again.",
            )
        if not is_whole(path, entry.sha256):
            raise ModelError(
                f"The file {entry.path} of {self.id} was changed: its fingerprint does not match its card.",
                "Remove the model and fetch or copy it again.",
            )
        return path


class Registry:
    """The models on this computer: those that ship and those in the user's folder."""

    def __init__(self, shipped: Path, own: Path) -> None:
        self.shipped = shipped
        self.own = own

    def cards(self) -> Iterator[ModelCard | CardError]:
        """Every card; one that cannot be read comes as its error, so that it does not hide the others."""
        seen: set[str] = set()
        for folder in (self.own, self.shipped):
            for path in sorted(folder.glob(f"*/{CARD_NAME}")):
                try:
                    card = read_card(path)
                except CardError as error:
                    yield error
                    continue
                if card.id not in seen:
                    seen.add(card.id)
                    yield card

    def find(self, id: str) -> ModelCard:
        """The card of this id."""
        for folder in (self.own, self.shipped):
            path = folder / id / CARD_NAME
            if Path(id).name == id and path.is_file():
                return read_card(path)
        known = sorted(card.id for card in self.cards() if isinstance(card, ModelCard))
        raise ModelError(
            f"There is no model called “{id}” here.",
            f"Known models: {', '.join(known)}." if known else "No model is installed yet.",
        )

    def default(self, kind: Kind) -> ModelCard | None:
        """The shipped model of a kind, or else the user's first one that is whole."""
        found = [c for c in self.cards() if isinstance(c, ModelCard) and c.kind == kind and c.installed]
        found.sort(key=lambda card: (card.folder.parent != self.shipped, card.id))
        return found[0] if found else None

    def is_shipped(self, card: ModelCard) -> bool:
        return card.folder.parent == self.shipped

    def add(self, folder: Path) -> ModelCard:
        """Copy a model's folder (a USB stick's, say) into the user's folder, once it proved whole."""
        card = read_card(folder / CARD_NAME)
        for role in card.files:
            card.file(role)
        target = self.own / card.id
        if target.exists():
            raise ModelError(f"{card.id} is already here.", "Remove it first to replace it.")
        partial = self.own / f".{card.id}.partial"
        try:
            make_private(self.own)
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            for name in (CARD_NAME, "README.md", *(f.path for f in card.files.values())):
                if (folder / name).is_file():
                    (partial / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(folder / name, partial / name)
            partial.rename(target)
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise StorageError(
                f"{card.id} could not be copied: {error.strerror or error}.", "Is the disk full?"
            ) from error
        return read_card(target / CARD_NAME)

    def remove(self, id: str) -> None:
        """Delete one of the user's models. What ships stays."""
        card = self.find(id)
        if self.is_shipped(card):
            raise ModelError(f"{id} ships with Paluku and cannot be removed.")
        try:
            shutil.rmtree(card.folder)
        except OSError as error:
            raise StorageError(f"{id} could not be removed: {error.strerror or error}.") from error


def read_card(path: Path) -> ModelCard:
    """Read model.toml. An unknown key is an error: a card is either understood or refused."""
    name = path.parent.name
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CardError(f"There is no {CARD_NAME} in “{name}”.", "Is this a model's folder?") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise CardError(f"The card of {name} cannot be read: {error}.") from error
    try:
        files = {r: _build(CardFile, v, f"files.{r}") for r, v in dict(raw.pop("files", {})).items()}
        codec = _codec_spec(raw.pop("codec")) if "codec" in raw else None
        speech = _build(SpeechSpec, raw.pop("speech"), "speech") if "speech" in raw else None
        card = _build(ModelCard, raw, "card", folder=path.parent, files=files, codec=codec, speech=speech)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise CardError(f"The card of {name} says something impossible: {error}.") from error
    except CardError as error:
        raise CardError(f"The card of {name}: {error.message}", error.hint) from None
    return _checked(card, name)


def _checked(card: ModelCard, folder_name: str) -> ModelCard:
    if card.id != folder_name:
        raise CardError(f"The card in “{folder_name}” is that of {card.id}.", "The folder must bear the id.")
    if card.kind not in get_args(Kind) or card.runtime not in get_args(Runtime):
        raise CardError(f"The card of {card.id} has an unknown kind or runtime: {card.kind}, {card.runtime}.")
    if (card.kind == "codec") != (card.codec is not None) or (card.kind == "speech") != (
        card.speech is not None
    ):
        raise CardError(f"The card of {card.id} lacks its [{card.kind}] table, or has another one.")
    return card


def _codec_spec(table: dict[str, Any]) -> CodecSpec:
    sound = AudioFormat(int(table.pop("sample_rate")), int(table.pop("frame_size")))
    return _build(CodecSpec, table, "codec", format=sound)


def _build(kind: type[T], table: dict[str, Any], where: str, **given: object) -> T:
    """A frozen dataclass from a table of a card: every key known, lists frozen."""
    if not isinstance(table, dict):
        raise CardError(f"“{where}” must be a table.")
    known = {f.name for f in fields(kind)} - set(given)  # type: ignore[arg-type]
    unknown = sorted(set(table) - known)
    if unknown:
        raise CardError(f"unknown key “{unknown[0]}” in {where}.", f"Known keys: {', '.join(sorted(known))}.")
    frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    hints = get_type_hints(kind)
    for key, value in frozen.items():
        if hints[key] is float and type(value) is int:
            frozen[key] = float(value)
        elif hints[key] in (str, int, float, bool) and type(value) is not hints[key]:
            raise CardError(f"“{key}” in {where} must be a {hints[key].__name__}, not {value!r}.")
    return kind(**frozen, **given)
