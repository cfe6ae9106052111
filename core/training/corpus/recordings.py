"""Recordings: people's voices in a folder, with a MANIFEST.csv beside them or just as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.errors import AudioFileError, PalukuError
from core.training.corpus.take import resampled

SUFFIXES = (".wav", ".flac", ".ogg", ".opus", ".mp3")
COLUMNS = ("file", "licence", "speaker", "language", "transcript")


@dataclass(frozen=True, slots=True)
class Recording:
    """One file of a person speaking, and what is known about it."""

    path: Path
    name: str  # within its folder
    speaker: str
    language: str
    licence: str
    text: str

    def sound(self, rate: int) -> tuple[Pcm, int]:
        """Its sound as mono at a rate, and the rate it was recorded at."""
        import soundfile

        try:
            pcm, own_rate = soundfile.read(self.path, dtype="float32", always_2d=True)
        except (OSError, RuntimeError) as error:
            raise AudioFileError(
                f"The recording {self.name} cannot be read: {error}",
                "Repair it or take it out of its folder.",
            ) from error
        mono = np.ascontiguousarray(pcm.mean(axis=1), np.float32)
        return resampled(mono, own_rate, rate), int(own_rate)


@dataclass(frozen=True, slots=True)
class RecordingsConfig:
    """A folder of recordings. A MANIFEST.csv in it says who speaks; else sub-folders are the speakers."""

    folder: str
    language: str = ""  # of files that the folder says nothing about
    licence: str = "unknown"
    languages: tuple[str, ...] = ()  # only these; all if empty


def recordings_in(config: RecordingsConfig) -> list[Recording]:
    """Every recording of a folder, in the order of their names."""
    folder = Path(config.folder)
    if not folder.is_dir():
        raise PalukuError(f"There is no folder of recordings at {folder}.", "Correct `folder` in the config.")
    listed = folder / "MANIFEST.csv"
    found = list(_listed(folder, listed) if listed.exists() else _plain(folder, config))
    if config.languages:
        found = [recording for recording in found if recording.language in config.languages]
    if not found:
        raise PalukuError(f"There are no recordings in {folder}.", f"It reads {', '.join(SUFFIXES)}.")
    return sorted(found, key=lambda recording: recording.name)


def _listed(folder: Path, listed: Path) -> Iterator[Recording]:
    with listed.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise PalukuError(f"{listed} has no column {missing[0]!r}.", f"It needs {', '.join(COLUMNS)}.")
        for row in reader:
            if not row["speaker"]:  # noise and rooms
                continue
            path = folder / row["file"]
            if not path.exists():
                raise AudioFileError(
                    f"{listed} names {row['file']}, which is not there.", "Fetch the folder anew."
                )
            speaker = row["speaker"].split("(")[0].strip()
            yield Recording(path, row["file"], speaker, row["language"], row["licence"], row["transcript"])


def _plain(folder: Path, config: RecordingsConfig) -> Iterator[Recording]:
    for path in folder.rglob("*"):
        if path.suffix.lower() not in SUFFIXES:
            continue
        name = path.relative_to(folder).as_posix()
        speaker = path.parent.name if path.parent != folder else folder.name
        written = path.with_suffix(".txt")
        text = written.read_text(encoding="utf-8").strip() if written.exists() else ""
        yield Recording(path, name, speaker, config.language, config.licence, text)
