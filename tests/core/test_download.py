"""Downloads from a hub that behaves, and from one that does not: one sentence for each."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.download import Download, Progress, RemoteFile, list_published
from core.errors import ModelError, NetworkError, StorageError
from tests.hub import COMMIT, Hub

CONTENT = np.random.default_rng(0).bytes(1_000_000)
REPOSITORY, NAME = "somebody/a-model", "model.safetensors"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub({REPOSITORY: {NAME: CONTENT, "README.md": b"read me"}}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def _file(hub: Hub, name: str = NAME) -> RemoteFile:
    return RemoteFile(hub.url(REPOSITORY, name), name, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


def test_the_hub_tells_sizes_and_fingerprints(hub: Hub) -> None:
    found = {file.name: file for file in list_published(REPOSITORY)}
    assert found[NAME] == _file(hub)
    assert COMMIT in found["README.md"].url


def test_a_file_arrives_whole(hub: Hub, tmp_path: Path) -> None:
    seen: list[Progress] = []
    path = Download(_file(hub), tmp_path, seen.append).run()
    assert path == tmp_path / NAME and path.read_bytes() == CONTENT
    assert seen[-1].fraction == 1.0
    assert [p.name for p in tmp_path.iterdir()] == [NAME]
    assert Download(_file(hub), tmp_path).run() == path
    assert len(hub.ranges) == 1  # what is here is not asked for again


def test_a_line_that_breaks_is_taken_up_where_it_broke(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = 300_000
    path = Download(_file(hub), tmp_path).run()
    assert path is not None and path.read_bytes() == CONTENT
    assert hub.ranges == [None, *(f"bytes={n}-" for n in (300_000, 600_000, 900_000))]


def test_a_line_that_brings_nothing_is_one_sentence(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = 0
    with pytest.raises(NetworkError, match="was lost") as caught:
        Download(_file(hub), tmp_path).run()
    assert "kept" in caught.value.hint


def test_another_day_it_goes_on(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT[:400_000])
    path = Download(_file(hub), tmp_path).run()
    assert path is not None and path.read_bytes() == CONTENT
    assert hub.ranges == ["bytes=400000-"]


@pytest.mark.parametrize("left", [CONTENT, CONTENT + b"more"])
def test_a_part_that_is_whole_or_too_long(hub: Hub, tmp_path: Path, left: bytes) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(left)
    path = Download(_file(hub), tmp_path).run()
    assert path is not None and path.read_bytes() == CONTENT


def test_a_server_without_ranges_begins_anew(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"x" * 1000)
    monkeypatch.setattr("urllib.request.Request.add_header", lambda *_: None)
    path = Download(_file(hub), tmp_path).run()
    assert path is not None and path.read_bytes() == CONTENT


def test_another_content_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"x" * 1000)
    with pytest.raises(ModelError, match="arrived damaged"):
        Download(_file(hub), tmp_path).run()
    assert list(tmp_path.iterdir()) == []


def test_a_silent_server_is_given_up(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after, hub.stalls = 100_000, True
    with pytest.raises(NetworkError, match=r"Nothing of model.safetensors has come for 0.3 seconds"):
        Download(_file(hub), tmp_path, stall_seconds=0.3).run()
    assert (tmp_path / f"{NAME}.part").stat().st_size == 100_000


def test_stopping_is_no_error_and_keeps_the_part(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after, hub.stalls = 200_000, True
    download = Download(_file(hub), tmp_path)
    outcome: list[object] = []
    thread = threading.Thread(target=lambda: outcome.append(download.run()))
    thread.start()
    part = tmp_path / f"{NAME}.part"
    while not (part.exists() and part.stat().st_size):
        time.sleep(0.01)
    began = time.monotonic()
    download.stop()
    thread.join(3)
    assert outcome == [None] and time.monotonic() - began < 1.0
    hub.cut_after, hub.stalls = None, False
    path = Download(_file(hub), tmp_path).run()
    assert path is not None and path.read_bytes() == CONTENT


def test_a_full_disk_is_said_first(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 100))
    with pytest.raises(StorageError, match="needs 1 MB more, and 0 MB are free"):
        Download(_file(hub), tmp_path).run()
    assert hub.ranges == []


def test_a_disk_that_fills_up_meanwhile(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        Download(_file(hub), tmp_path).run()


def test_what_is_not_there(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match=r"refused by the server \(404\)"):
        Download(_file(hub, "other.bin"), tmp_path).run()
    with pytest.raises(NetworkError, match=r"somebody/else was refused by the hub \(404\)"):
        list_published("somebody/else")


def test_no_net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hub({}) as gone:
        address = gone.address
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(NetworkError, match="not reachable"):
        Download(RemoteFile(f"{address}/x", "x"), tmp_path).run()
    with pytest.raises(NetworkError, match="not reachable"):
        list_published(REPOSITORY)


def test_time_left() -> None:
    assert Progress(25, 100, 25.0).seconds_left == 3.0
    assert Progress(25, 0).fraction is None and Progress(25, 100).seconds_left is None
