"""Download: a published file fetched in as many pieces as it takes, and the hub's list of such files.

Nothing here opens a socket before it is asked to.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from core.errors import ModelError, NetworkError, StorageError
from core.folders import make_private, stays_inside
from core.offline import permitted

STALL_SECONDS = 60.0
_PIECE = 1 << 18
_MARGIN = 50_000_000  # bytes that stay free on the disk
_TELL_EVERY = 0.1  # seconds
_SPEED_OVER = 5.0  # seconds
_KEPT = "What has arrived is kept; try again to go on from there."
_CONNECTED = "Is this computer connected to the net?"
_REFUSALS = {
    401: "It asks for an account or for its licence to be accepted on its own page.",
    403: "It asks for an account or for its licence to be accepted on its own page.",
    404: "It may have been moved or withdrawn.",
    429: "It is asked too often; try again in a while.",
}


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as it is published; an empty fingerprint or a size of nought was not told."""

    url: str
    name: str
    bytes: int = 0
    sha256: str = ""

    def __post_init__(self) -> None:
        if not stays_inside(self.name):
            raise ModelError(f"What is published has a name that leads out of its folder: {self.name!r}.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is."""

    done: int
    total: int
    speed: float = 0.0
    """Bytes a second, over the last seconds."""

    @property
    def fraction(self) -> float | None:
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def seconds_left(self) -> float | None:
        return (self.total - self.done) / self.speed if self.total and self.speed > 0 else None


class Download:
    """One file on its way to the disk. What has arrived waits in `<name>.part` for the rest."""

    def __init__(
        self,
        file: RemoteFile,
        folder: Path,
        on_progress: Callable[[Progress], None] = lambda _: None,
        *,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        self._file = file
        self._target = folder / file.name
        self._part = folder / f"{file.name}.part"
        self._tell = on_progress
        self._stall = stall_seconds
        self._stopped = False
        self._response: HTTPResponse | None = None

    def stop(self) -> None:
        """Stop soon, from any thread. To go on, run another download of the same file."""
        self._stopped = True
        if response := self._response:
            with suppress(OSError, ValueError):  # it may end by itself at this moment
                socket.fromfd(response.fileno(), socket.AF_INET, socket.SOCK_STREAM).shutdown(
                    socket.SHUT_RDWR
                )

    def run(self) -> Path | None:
        """Fetch what is missing; the whole file, or None if it was stopped."""
        with _disk(self._target):
            make_private(self._target.parent)
            if self._target.is_file():
                return self._target
            self._check_room()
            arrived = -1
            while not self._stopped:
                before, arrived = arrived, self._size()
                if arrived == before:  # the last try brought nothing
                    raise NetworkError(f"The connection to fetch {self._file.name} was lost.", _KEPT)
                digest = self._try()
                if digest is not None:
                    return self._finish(digest)
        return None

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _check_room(self) -> None:
        missing = self._file.bytes - self._size()
        free = shutil.disk_usage(self._target.parent).free
        if missing + _MARGIN > free:
            raise StorageError(
                f"{self._file.name} needs {missing / 1e6:,.0f} MB more, and {free / 1e6:,.0f} MB are free.",
                "Make room on the disk, or remove a model.",
            )

    def _try(self) -> str | None:
        """One connection: the fingerprint of the whole, or None where the rest did not come."""
        begun = self._size()
        if begun and begun == self._file.bytes:
            return str(_digest_of(self._part).hexdigest())
        request = urllib.request.Request(self._file.url, headers={"User-Agent": "paluku"})
        if begun:
            request.add_header("Range", f"bytes={begun}-")
        try:
            with permitted(), self._opened(request) as response:
                self._response = response
                return self._receive(response, begun)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            if refusal.code == 416:  # the part is longer than the file: another one lay here
                self._part.unlink()
                return None
            hint = _REFUSALS.get(refusal.code, "The server has a fault of its own; try again later.")
            raise NetworkError(
                f"{self._file.name} was refused by the server ({refusal.code}).", hint
            ) from refusal
        except TimeoutError as silence:
            raise self._stalled() from silence
        except urllib.error.URLError as failure:
            if isinstance(failure.reason, TimeoutError):
                raise self._stalled() from failure
            raise NetworkError(
                f"{self._file.name} cannot be fetched: the server is not reachable.",
                _CONNECTED,
            ) from failure
        except (HTTPException, ConnectionError):
            return None
        finally:
            self._response = None

    def _opened(self, request: urllib.request.Request) -> HTTPResponse:
        opened: HTTPResponse = urllib.request.urlopen(request, timeout=self._stall)
        return opened

    def _stalled(self) -> NetworkError:
        return NetworkError(
            f"Nothing of {self._file.name} has come for {self._stall:g} seconds.", f"The net is slow. {_KEPT}"
        )

    def _receive(self, response: HTTPResponse, begun: int) -> str | None:
        """Write the body to the part; see `_try`."""
        goes_on = response.status == 206 and response.headers.get("Content-Range", "").startswith(
            f"bytes {begun}-"
        )
        digest = _digest_of(self._part) if goes_on else hashlib.sha256()
        done = begun if goes_on else 0
        length = response.headers.get("Content-Length")
        total = self._file.bytes or (done + int(length) if length else 0)
        speed = _Speed(done)
        with self._part.open("ab" if goes_on else "wb") as stream:
            while not self._stopped:
                piece = response.read1(_PIECE)
                if not piece:
                    break
                done += len(piece)
                if total and done > total:
                    raise self._too_much()
                stream.write(piece)
                digest.update(piece)
                if speed.note(done):
                    self._tell(Progress(done, total, speed.now))
            stream.flush()
            os.fsync(stream.fileno())
        if self._stopped or (total and done < total):
            return None
        self._tell(Progress(done, total or done, speed.now))
        return str(digest.hexdigest())

    def _too_much(self) -> ModelError:
        self._part.unlink()
        return ModelError(
            f"More of {self._file.name} came than was published; what arrived was thrown away.",
            "Fetch it again; if this happens again, the server is at fault.",
        )

    def _finish(self, digest: str) -> Path:
        if self._file.sha256 and digest != self._file.sha256:
            self._part.unlink()
            raise ModelError(
                f"{self._file.name} arrived damaged: its fingerprint is not the published one.",
                "What arrived was thrown away; fetch it again.",
            )
        self._part.replace(self._target)
        return self._target


class _Speed:
    """How fast it goes, over the last seconds."""

    def __init__(self, done: int) -> None:
        self._seen = deque([(time.monotonic(), done)])
        self.now = 0.0

    def note(self, done: int) -> bool:
        """Whether it is time to tell somebody."""
        now = time.monotonic()
        if now - self._seen[-1][0] < _TELL_EVERY:
            return False
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _SPEED_OVER:
            self._seen.popleft()
        since, then = self._seen[0]
        self.now = (done - then) / (now - since)
        return True


def _digest_of(path: Path) -> Any:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256")


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = _KEPT if error.errno == errno.ENOSPC else ""
        raise StorageError(f"{target.name} cannot be written: {error.strerror or error}.", hint) from error


# what the hub has


def split_hub(hub: str) -> tuple[str, str]:
    """The repository and the revision of a card's `hub`: owner/name[@revision]."""
    repository, _, revision = hub.partition("@")
    return repository, revision or "main"


def list_published(hub: str) -> list[RemoteFile]:
    """The files of a repository of the hub, with sizes and fingerprints. Asks the net."""
    library = _hub_library()
    refusals, failures = library.errors.HfHubHTTPError, library.errors.HTTPError
    repository, revision = split_hub(hub)
    endpoint = os.environ.get("HF_ENDPOINT")
    try:
        with permitted():
            found = library.HfApi(endpoint=endpoint).model_info(
                repository, revision=revision, files_metadata=True, timeout=STALL_SECONDS, token=False
            )
    except refusals as refusal:
        code = refusal.response.status_code
        raise NetworkError(
            f"{repository} was refused by the hub ({code}).", _REFUSALS.get(code, "Try again later.")
        ) from refusal
    except (failures, OSError) as failure:
        raise NetworkError(
            f"{repository} cannot be looked up: the hub is not reachable.", _CONNECTED
        ) from failure
    return [
        RemoteFile(
            url=library.hf_hub_url(repository, file.rfilename, revision=found.sha, endpoint=endpoint),
            name=file.rfilename,
            bytes=file.size or 0,
            sha256=file.lfs.sha256 if file.lfs else "",
        )
        for file in found.siblings or ()
        if stays_inside(file.rfilename)
    ]


def find_cached(hub: str) -> Path | None:
    """The folder in which another program has already kept this repository, if any. Asks nobody."""
    library = _hub_library()
    repository, revision = split_hub(hub)
    try:
        return Path(library.snapshot_download(repository, revision=revision, local_files_only=True))
    except (library.errors.LocalEntryNotFoundError, OSError, ValueError):
        return None


def _hub_library() -> Any:
    """The library of the hub: for lists only, since it cannot go on with a file that was begun."""
    import huggingface_hub
    import huggingface_hub.errors

    return huggingface_hub
