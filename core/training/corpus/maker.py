"""Maker: a whole corpus from a seed and a config, going on where an earlier run stopped."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import PalukuError, StorageError
from core.training.corpus.config import CorpusConfig
from core.training.corpus.manifest import MANIFEST_NAME, Entry, read_entries
from core.training.corpus.render import Job, planned
from core.training.corpus.shards import FOLDER, manifest_of
from core.training.corpus.sources import Sources, available_sources
from core.training.corpus.workers import render_all

RECIPE_NAME = "recipe.json"
SUMMARY_NAME = "corpus.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a corpus has come, in seconds of sound and in shards."""

    seconds: float
    planned_seconds: float
    shards: int
    planned_shards: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a corpus holds, and the hash that tells it from every other."""

    path: Path
    complete: bool
    shards: int
    utterances: int
    hours: float
    sha256: str
    hours_by: dict[str, dict[str, float]]
    left_out: tuple[str, ...]


def make_corpus(
    path: Path,
    config: CorpusConfig,
    *,
    seed: int,
    hours: float,
    workers: int,
    sources: Sources | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Made:
    """Make a corpus, or what is missing of one. However it stops, what is there can be used."""
    if hours < 0 or workers < 1:
        raise PalukuError("A corpus needs hours from 0 up and at least one worker.")
    sources = sources or available_sources(config)
    try:
        _settle(path, config, seed, sources)
        jobs = planned(path, config, seed, hours, sources.shares)
        missing = [job for job in jobs if not _is_whole(path, job.name)]
        present = len(jobs) - len(missing)
        before = sum(job.seconds for job in jobs) - sum(job.seconds for job in missing)
        total = sum(job.seconds for job in jobs)

        def progress(seconds: float, shards: int) -> None:
            on_progress(Progress(before + seconds, total, present + shards, len(jobs)))

        try:
            render_all(missing, workers, progress)
        except BaseException:
            _sweep(path)
            with contextlib.suppress(OSError, PalukuError):  # what stopped us matters more
                _summed_up(path, jobs, sources)
            raise
        return _summed_up(path, jobs, sources)
    except StorageError as error:
        done = len(_finished(path))
        raise StorageError(error.message, f"{error.hint} {done} shards are whole and can be used.") from error
    except OSError as error:
        raise StorageError(
            f"The corpus in {path} cannot be written: {error}", "Choose another folder."
        ) from error


def _settle(path: Path, config: CorpusConfig, seed: int, sources: Sources) -> None:
    """Write down what this corpus is made of, or check that it is the same as before."""
    recipe = {
        "version": VERSION,
        "seed": seed,
        "config": asdict(config),
        "sources": sources.versions,
        "shares": sources.shares,
    }
    written = json.dumps(recipe, indent=1, ensure_ascii=False)
    file = path / RECIPE_NAME
    (path / FOLDER).mkdir(parents=True, exist_ok=True)
    _sweep(path)
    if not file.exists():
        if any((path / FOLDER).iterdir()):
            raise PalukuError(
                f"{path} holds shards, but no {RECIPE_NAME} says how.", "Choose an empty folder."
            )
        file.with_suffix(".part").write_text(written, encoding="utf-8")
        file.with_suffix(".part").replace(file)
        return
    try:
        before: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PalukuError(f"{file} is damaged: {error}.", "Choose an empty folder.") from error
    for key, value in json.loads(written).items():
        if before.get(key) != value:
            raise PalukuError(
                f"{path} holds a corpus with another {key}, so it cannot be gone on with.",
                "Choose an empty folder, or give the seed and config it was begun with.",
            )


def _sweep(path: Path) -> None:
    """Take away what a killed process left half done."""
    for part in (path / FOLDER).glob("*.part"):
        part.unlink(missing_ok=True)


def _is_whole(path: Path, name: str) -> bool:
    return manifest_of(path, name).exists() and (path / FOLDER / f"{name}.wav").exists()


def _finished(path: Path) -> list[str]:
    names = sorted(manifest.stem for manifest in (path / FOLDER).glob("*.jsonl"))
    return [name for name in names if _is_whole(path, name)]


def _summed_up(path: Path, jobs: list[Job], sources: Sources) -> Made:
    """Join the shards' manifests, count and hash everything that is there."""
    names = _finished(path)
    whole = hashlib.sha256()
    files: dict[str, str] = {}
    hours_by = {key: defaultdict[str, float](float) for key in ("split", "language", "source", "licence")}
    utterances, seconds = 0, 0.0
    part = path / f"{MANIFEST_NAME}.part"
    with part.open("w", encoding="utf-8", newline="\n") as joined:
        for name in names:
            for file in (path / FOLDER / f"{name}.wav", manifest_of(path, name)):
                with file.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                files[file.relative_to(path).as_posix()] = digest
                whole.update(f"{file.name} {digest}\n".encode())
            entry: Entry
            for entry in read_entries(manifest_of(path, name)):
                joined.write(entry.to_line() + "\n")
                utterances += 1
                seconds += entry.seconds
                for key, counter in hours_by.items():
                    counter[getattr(entry, key)] += entry.seconds / 3600
    part.replace(path / MANIFEST_NAME)
    made = Made(
        path=path,
        complete=all(job.name in set(names) for job in jobs),
        shards=len(names),
        utterances=utterances,
        hours=round(seconds / 3600, 4),
        sha256=whole.hexdigest(),
        hours_by={key: {k: round(v, 3) for k, v in sorted(c.items())} for key, c in hours_by.items()},
        left_out=sources.left_out,
    )
    summary = {**asdict(made), "path": ".", "files": files}
    summary_part = path / f"{SUMMARY_NAME}.part"
    summary_part.write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")
    summary_part.replace(path / SUMMARY_NAME)
    return made
