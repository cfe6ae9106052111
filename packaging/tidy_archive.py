"""A tidy archive: the same files give the same bytes, whoever packs them and wherever."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bundle_parts import moment

Entries = Callable[[Path, str], None]


@contextmanager
def tidy_archive(target: Path) -> Iterator[Entries]:
    """A .tar.gz; call what it gives with a file or folder and its name in the archive."""
    when = moment()

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = when
        return entry

    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=when) as packed,
        tarfile.open(mode="w", fileobj=packed) as archive,
    ):
        yield lambda path, name: archive.add(path, name, recursive=False, filter=anonymous)


def write_digest(made: Path) -> None:
    """The fingerprint of a file, in a file beside it that `sha256sum --check` reads."""
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    made.with_name(made.name + ".sha256").write_text(f"{digest}  {made.name}\n")
