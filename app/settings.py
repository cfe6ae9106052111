"""Settings: what the user chose, as a frozen value and as a TOML file that a person can read."""

from __future__ import annotations

import contextlib
import os
import tempfile
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from core.events import Mode
from core.folders import make_private

Appearance = Literal["system", "light", "dark"]
LanguageChoice = Literal["system", "en", "te", "hi"]
BargeIn = Literal["voice", "headphones", "key"]
Scale = Literal["mel", "linear"]
Device = Literal["auto", "cpu", "gpu"]
TalkKey = Literal["", "F8", "F9", "Pause", "ScrollLock"]
Script = Literal["own", "roman"]
Shades = Literal["theme", "viridis", "magma", "grey"]


class SettingsError(ValueError):
    """A settings file says something that no version of this program would write."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks."""

    appearance: Appearance = "system"
    language: LanguageChoice = "system"
    text_size: float = 1.0  # times the usual size
    spectrograms: bool = True
    welcomed: bool = False  # the first steps were taken
    script: Script = "own"  # of Telugu words in the transcript
    tray: bool = False  # a closed window stays at hand there


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window stood, and what it showed."""

    width: int = 980
    height: int = 680
    x: int = -1  # -1 = wherever the system puts it
    y: int = -1
    maximized: bool = False
    page: str = "talk"


@dataclass(frozen=True, slots=True)
class Sound:
    """Which devices are used; an empty name means the system's default."""

    microphone: str = ""
    speaker: str = ""
    wide: bool = False  # what is spoken gets the upper band that the codec lacks


@dataclass(frozen=True, slots=True)
class Talking:
    """How a talk goes."""

    mode: Mode = "hold"
    pause: float = 0.8  # seconds of silence that end a turn
    barge_in: BargeIn = "voice"  # what stops an answer
    key: TalkKey = ""  # that talks from any window, while it is held


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept, and whether anything may be fetched."""

    private: bool = False  # nothing that is said is kept
    offline: bool = False  # nothing is ever fetched


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers, and how; an empty name leaves the choice to the model."""

    model: str = ""
    speaker: str = ""
    emotion: str = "neutral"
    strength: float = 1.0
    language: str = "auto"


@dataclass(frozen=True, slots=True)
class Mirror:
    """What mirror mode plays the voice through; an empty codec leaves the choice to the program."""

    codec: str = ""
    codebooks: int = 0  # 0 = all


@dataclass(frozen=True, slots=True)
class Computing:
    """On what models compute; a change makes the engine begin again."""

    device: Device = "auto"
    threads: int = 0  # 0 = as each model likes best


@dataclass(frozen=True, slots=True)
class Picture:
    """How spectrograms look."""

    scale: Scale = "mel"  # of the pitch
    range_db: int = 70  # from the quietest shade to the loudest
    shades: Shades = "theme"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user chose."""

    look: Look = field(default_factory=Look)
    place: Place = field(default_factory=Place)
    sound: Sound = field(default_factory=Sound)
    talking: Talking = field(default_factory=Talking)
    privacy: Privacy = field(default_factory=Privacy)
    answering: Answering = field(default_factory=Answering)
    mirror: Mirror = field(default_factory=Mirror)
    picture: Picture = field(default_factory=Picture)
    computing: Computing = field(default_factory=Computing)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as found on disk; a broken file was `set_aside` there, for this `reason`."""

    settings: Settings
    set_aside: Path | None = None
    reason: str = ""


def load(file: Path) -> Loaded:
    """Read the file. A broken one is kept under another name and the defaults are used."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, UnicodeDecodeError) as error:
        return Loaded(Settings(), _set_aside(file), str(error))
    try:
        return Loaded(_read(Settings, tomllib.loads(text), ""))
    except (tomllib.TOMLDecodeError, SettingsError, RecursionError) as error:
        return Loaded(Settings(), _set_aside(file), str(error))


def save(settings: Settings, file: Path) -> None:
    """Write the file in one stroke: it is never seen half written."""
    make_private(file.parent)
    handle, draft = tempfile.mkstemp(prefix=".settings-", suffix=".toml", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(_written(settings))
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _written(settings: Settings) -> str:
    import tomlkit  # only for writing: reading must not hold up the window

    document = tomlkit.document()
    document.add(
        tomlkit.comment("Paluku's settings. Delete a line, or this file, to go back to the default.")
    )
    for section in fields(settings):
        chosen = getattr(settings, section.name)
        table = tomlkit.table()
        for entry in fields(chosen):
            table.add(entry.name, getattr(chosen, entry.name))
        document.add(section.name, table)
    return tomlkit.dumps(document)


def _read(kind: type[Any], table: dict[str, Any], where: str) -> Any:
    known = get_type_hints(kind)
    if unknown := sorted(set(table) - set(known)):
        raise SettingsError(f"nothing is called {where}{unknown[0]}")
    return kind(**{name: _value(known[name], value, where + name) for name, value in table.items()})


def _value(hint: Any, value: Any, name: str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise SettingsError(f"{name} must be a section")
        return _read(hint, value, f"{name}.")
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise SettingsError(f"{name} must be one of {', '.join(get_args(hint))}")
        return value
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:  # not isinstance: True is no number of seconds
        raise SettingsError(f"{name} must be a {hint.__name__}")
    return value


def _set_aside(file: Path) -> Path | None:
    """Move a broken file out of the way without ever writing over an older one."""
    for number in range(1, 1000):
        aside = file.with_name(f"{file.stem}.broken-{number}{file.suffix}")
        if not aside.exists():
            with contextlib.suppress(OSError):
                return file.rename(aside)
            return None
    return None
