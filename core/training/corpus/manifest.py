"""Manifest: one line of JSON for each utterance of a corpus, and the reading of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from core.errors import PalukuError
from core.training.corpus.take import Mark

MANIFEST_NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One utterance: where its sound lies, what is said when, by whom and how, and under which licence."""

    id: str
    file: str  # a shard, relative to the corpus
    start: int  # sample in the shard
    samples: int
    rate: int
    seconds: float
    band: int  # Hz; above it the source had nothing
    text: str
    phonemes: tuple[Mark, ...]  # none where nobody told
    words: tuple[Mark, ...]
    speaker: str
    emotion: str  # "" where nobody told
    language: str
    source: str
    licence: str
    split: str
    changes: tuple[str, ...] = ()  # what happened to the sound: room, noise, ...

    def to_line(self) -> str:
        values = asdict(self)
        for name in ("phonemes", "words"):
            values[name] = [
                [mark.name, round(mark.start, 4), round(mark.end, 4)] for mark in getattr(self, name)
            ]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_line(cls, line: str) -> Entry:
        values: dict[str, Any] = json.loads(line)
        for name in ("phonemes", "words"):
            values[name] = tuple(Mark(str(mark[0]), float(mark[1]), float(mark[2])) for mark in values[name])
        values["changes"] = tuple(values.get("changes", ()))
        unknown = values.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
        return cls(**values)


def read_entries(path: Path) -> Iterator[Entry]:
    """The utterances of a manifest, one after the other."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield Entry.from_line(line)
                except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
                    raise PalukuError(
                        f"Line {number} of {path} is damaged: {error}.",
                        "Delete the file and run `paluku corpus` again: it goes on where it was.",
                    ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PalukuError(
            f"The manifest {path} cannot be read: {error}", "Make it with `paluku corpus`."
        ) from error


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """A manifest with these utterances, all or nothing."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as lines:
        for entry in entries:
            lines.write(entry.to_line() + "\n")
    part.replace(path)
