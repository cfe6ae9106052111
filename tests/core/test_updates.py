"""The question after a newer version: asked only when a person asks, of one address, and never trusted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core import __version__, updates
from core.commands.main import main
from core.errors import ModelError, NetworkError, PalukuError

ROOT = Path(__file__).parents[2]


class Forge:
    """A server on this computer that tells of releases, and counts who asks."""

    def __init__(self) -> None:
        self.answer = json.dumps({"tag_name": "v99.1", "html_url": "https://example.org/99.1"}).encode()
        self.status = 200
        self.asked: list[tuple[str, dict[str, str]]] = []
        forge = self

        class Desk(BaseHTTPRequestHandler):
            """One question."""

            def do_GET(self) -> None:
                forge.asked.append((self.path, dict(self.headers)))
                self.send_response(forge.status)
                self.end_headers()
                self.wfile.write(forge.answer)

            def log_message(self, format: str, *arguments: object) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/latest"


@pytest.fixture
def forge() -> Iterator[Forge]:
    made = Forge()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def update(forge: Forge, *order: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The verb as people run it, behind the gate."""
    return subprocess.run(
        [sys.executable, "-m", "core.commands", "update", *order],
        cwd=ROOT,
        env={**os.environ, updates.VARIABLE: forge.address, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_nobody_is_asked_before_a_person_asks(forge: Forge) -> None:
    done = update(forge)
    assert done.returncode == 0 and forge.address in done.stdout and "--ask" in done.stdout
    assert forge.asked == []
    done = update(forge, "--ask", "--json")
    told = json.loads(done.stdout)
    assert told["newer"] is True and told["newest"] == "99.1" and told["page"] == "https://example.org/99.1"
    ((path, headers),) = forge.asked
    assert path == "/latest" and headers["User-Agent"] == "paluku"
    assert set(headers) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}  # nothing of the user


def test_the_offline_switch_blocks_it(forge: Forge) -> None:
    done = update(forge, "--ask", PALUKU_OFFLINE="1")
    assert done.returncode == 1 and "offline" in done.stderr and "Traceback" not in done.stderr
    assert forge.asked == []


def test_where_nobody_publishes_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(updates.VARIABLE, raising=False)
    assert updates.address() == ""
    assert main(["update", "--ask"]) == 1
    assert "built by whoever uses it" in capsys.readouterr().err


def test_a_frozen_program_knows_its_publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(updates.VARIABLE, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert updates.address() == ""
    (tmp_path / updates.FILE_NAME).write_text("https://example.org/latest\n")
    assert updates.address() == "https://example.org/latest"


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"[", b"[]", b"{}", b"null", b"[" * 100_000, b"\xff\xfe", b'{"tag_name": 3, "html_url": 4}'),
        b'{"tag_name": "v1.0; rm", "html_url": "https://example.org"}',
        b'{"tag_name": "v1.0", "html_url": "file:///etc/passwd"}',
        b'{"tag_name": "v1.0", "html_url": "https://example.org/\\u001b[2J"}',
        b"x" * 1_000_001,
    ],
)
def test_an_answer_that_makes_no_sense(forge: Forge, answer: bytes) -> None:
    forge.answer = answer
    with pytest.raises(ModelError):
        updates.ask(forge.address)


def test_a_server_that_does_not_tell(forge: Forge) -> None:
    forge.status = 403
    with pytest.raises(NetworkError, match="403"):
        updates.ask(forge.address)
    with pytest.raises(NetworkError, match="not reachable"):
        updates.ask("http://127.0.0.1:9/latest")
    for where in ("http://example.org/latest", "file:///etc/passwd", "ftp://127.0.0.1/x", "nonsense"):
        with pytest.raises(PalukuError, match="safely"):
            updates.ask(where)


@pytest.mark.parametrize(
    ("version", "newer"),
    [(__version__, False), ("0.0.9", False), ("99.0", True), (f"{__version__}.1", True), ("0.10.0", True)],
)
def test_versions_are_compared_by_their_numbers(version: str, newer: bool) -> None:
    assert updates.is_newer(version, __version__) is newer
