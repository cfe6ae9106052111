"""An extra as it is downloaded: compared, unpacked beside its place, put there when it is whole."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tarfile
import zlib
from pathlib import Path

from core.errors import ModelError, StorageError
from core.extra import TOLD, Extra, place, read_told, system
from core.folders import data_folder, make_private, stays_inside

_ARRIVING = ".extra-arriving"
_LEAST_FREE = 200_000_000


def add(archive: Path) -> Extra:
    """Unpack an extra, in place of the one that is here; half of one never takes its place."""
    _compare(archive)
    arriving = data_folder() / _ARRIVING
    shutil.rmtree(arriving, ignore_errors=True)
    make_private(arriving)
    try:
        with tarfile.open(archive) as packed:
            extra = _unpack(packed, arriving)
        shutil.rmtree(place(), ignore_errors=True)
        arriving.replace(place())
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise ModelError(f"{archive.name} is no extra, or not all of it has arrived.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise StorageError(f"{archive.name} could not be unpacked: {why}.") from error
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return extra


def _unpack(packed: tarfile.TarFile, folder: Path) -> Extra:
    """What it says of itself comes first, so that a wrong one is refused before half a gigabyte."""
    first = packed.next()
    if first is None or first.name != TOLD or not first.isfile() or first.size > 10_000:
        raise ModelError("This archive is no extra of Paluku.")
    told = packed.extractfile(first)
    raw = told.read() if told else b""
    extra = read_told(raw)
    if extra.system != system():
        raise ModelError(
            f"This extra was made for {extra.system}, and this program is {system()}.",
            "Take the extra of the same version and the same system as Paluku.",
        )
    free = shutil.disk_usage(folder).free - _LEAST_FREE
    if extra.bytes > free:
        raise StorageError(f"The extra needs {extra.bytes / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB are free.")
    left = extra.bytes
    while (member := packed.next()) is not None:
        left -= member.size
        if left < 0:
            raise ModelError("This extra is larger than it says, so it was not unpacked.")
        if not member.isfile() or not stays_inside(member.name):
            raise ModelError(f"This extra holds what it must not: {member.name!r}.")
        packed.extract(member, folder, filter="data")
    if left:
        raise ModelError("Not all of this extra has arrived.", "Download it once more.")
    (folder / TOLD).write_bytes(raw)
    return extra


def _compare(archive: Path) -> None:
    """A fingerprint that was downloaded beside the archive must be its own."""
    try:
        beside = archive.with_name(archive.name + ".sha256")
        if beside.is_file():
            with archive.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if beside.read_text(encoding="utf-8", errors="replace").split()[:1] != [found]:
                raise ModelError(
                    f"{archive.name} is not what {beside.name} says.", "Download both once more."
                )
        elif not archive.is_file():
            raise ModelError(f"There is no {archive.name} there.")
    except OSError as error:
        raise StorageError(f"{archive.name} cannot be read: {error.strerror}.") from error
