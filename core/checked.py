"""Checked: which large files were found whole, so that gigabytes are not read again at every start.

A file is known by its size, its number on the disk and the time of its last change; others are read in full.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from pathlib import Path

from core.folders import data_folder, make_private

FILE_NAME = "checked.json"
LARGE = 64_000_000  # bytes; what is smaller is read in a tenth of a second
_SETTLED = 5.0  # seconds: what has just been written may be written again within the same tick


def fingerprint(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a file has this fingerprint: read in full, or known from an earlier time."""
    before = path.stat()
    if before.st_size < LARGE:
        return fingerprint(path) == sha256
    name = str(path.resolve())
    mark = [before.st_size, before.st_mtime_ns, before.st_ino, sha256]
    if _record().get(name) == mark:
        return True
    if fingerprint(path) != sha256:
        return False
    after = path.stat()
    unchanged = (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    if unchanged and time.time() - after.st_mtime > _SETTLED:
        _note(name, mark)
    return True


def _record() -> dict[str, object]:
    try:
        found = json.loads((data_folder() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # none yet, or not ours: everything is read in full
    return found if isinstance(found, dict) else {}


def _note(name: str, mark: list[object]) -> None:
    """Remember a file; a disk that refuses costs time at the next start, nothing else."""
    known = {n: m for n, m in _record().items() if Path(n).exists()} | {name: mark}
    with contextlib.suppress(OSError):
        make_private(data_folder())
        handle, draft = tempfile.mkstemp(prefix=".checked-", dir=data_folder())
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(known, stream)
        Path(draft).replace(data_folder() / FILE_NAME)
