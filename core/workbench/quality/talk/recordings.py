"""Recordings: a folder of sound files with a list of what is said in each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain.book import LANGUAGES, UNKNOWN, Domain
from core.errors import PalukuError

LIST_NAMES = ("list.csv", "list.tsv")
_HOW = (
    "Write list.csv into the folder: a first line “file,language,text”, then a line for each recording, "
    "as in “what.wav,en,what time is it”. Columns “intent” and “group” may follow."
)
_LONGEST_NAMED = 12  # intents that an error names


class RecordingsError(PalukuError):
    """A folder of recordings that cannot be measured."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One sentence that somebody said, and what was said and meant."""

    path: Path
    file: str
    """Its name in the list."""
    language: str
    text: str
    """Empty where nobody wrote it down: then the intent is told."""
    intent: str
    """Empty where the text tells it."""
    group: str
    """Whoever or whatever is to have figures of its own: a speaker, an accent, a room."""


def read_recordings(folder: Path, domain: Domain) -> list[Recording]:
    """The recordings of a folder, in the order of its list."""
    path = _list_in(folder)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise RecordingsError(f"{path} is not UTF-8 text.", "Save it again as UTF-8.") from error
    except OSError as error:
        raise RecordingsError(f"{path} cannot be read: {error.strerror}.", _HOW) from error
    table = csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ",")
    missing = [name for name in ("file", "language") if name not in (table.fieldnames or ())]
    if missing:
        raise RecordingsError(f"{path} has no column “{missing[0]}” in its first line.", _HOW)
    found = [_recording(row, f"{path}, line {table.line_num}", folder, domain) for row in table]
    if not found:
        raise RecordingsError(f"{path} names no recording.", _HOW)
    return found


def _list_in(folder: Path) -> Path:
    if not folder.is_dir():
        raise RecordingsError(f"There is no folder {folder}.", "Check its name.")
    for name in LIST_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise RecordingsError(f"{folder} holds no list of what is said.", _HOW)


def _recording(row: Mapping[str, str | None], where: str, folder: Path, domain: Domain) -> Recording:
    cell = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str | None)}
    file, language = cell["file"], cell["language"].lower()
    text, intent = cell.get("text", ""), cell.get("intent", "")
    if not file:
        raise RecordingsError(f"{where}: no file is named.", _HOW)
    if not (folder / file).is_file():
        raise RecordingsError(f"{where}: there is no file {file}.", "Its name counts from the list's folder.")
    if language not in LANGUAGES:
        raise RecordingsError(
            f"{where}: the language “{language}” is none that is understood.",
            f"Languages are: {', '.join(LANGUAGES)}.",
        )
    if intent and intent != UNKNOWN and intent not in domain.intents:
        near = [name for name in sorted(domain.intents) if name[:1] == intent[:1]][:_LONGEST_NAMED]
        raise RecordingsError(
            f"{where}: there is no intent “{intent}”.",
            f"Write “{UNKNOWN}” for what cannot be answered, or one of: {', '.join(near or domain.intents)}.",
        )
    if not (text or intent):
        raise RecordingsError(f"{where}: neither a text nor an intent is told.", _HOW)
    return Recording(folder / file, file, language, text, intent, cell.get("group", ""))
