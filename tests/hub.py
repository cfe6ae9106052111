"""Hub: a server on this computer that publishes files as the model hub does, and can misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """Repositories in memory. `cut_after`: bytes of an answer after which the line goes dead."""

    def __init__(self, files: dict[str, dict[str, bytes]]) -> None:
        self.files = files
        self.cut_after: int | None = None
        self.stalls = False
        self.lies = False
        self.seconds_per_piece = 0.0
        self.ranges: list[str | None] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, repository: str, name: str) -> str:
        return f"{self.address}/{repository}/resolve/{COMMIT}/{name}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def listing(self, repository: str) -> bytes:
        siblings = [
            {
                "rfilename": name,
                "size": len(content),
                "lfs": {
                    "sha256": hashlib.sha256(b"" if self.lies else content).hexdigest(),
                    "size": len(content),
                    "pointerSize": 134,
                },
            }
            for name, content in self.files[repository].items()
        ]
        return json.dumps(
            {
                "id": repository,
                "modelId": repository,
                "sha": COMMIT,
                "siblings": siblings,
                "private": False,
                "tags": [],
                "downloads": 0,
                "likes": 0,
            }
        ).encode()

    def _handler(hub) -> type[BaseHTTPRequestHandler]:
        class Request(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Not in the middle of the tests' own words."""

            def do_GET(self) -> None:
                path = self.path.split("?")[0].strip("/")
                if path.startswith("api/models/"):
                    repository = path.removeprefix("api/models/").split("/revision/")[0]
                    self._answer(hub.listing(repository) if repository in hub.files else None)
                    return
                repository, _, rest = path.partition("/resolve/")
                content = hub.files.get(repository, {}).get(rest.partition("/")[2])
                asked = self.headers.get("Range")
                hub.ranges.append(asked)
                begun = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
                self._answer(content, begun)

            def _answer(self, content: bytes | None, begun: int = 0) -> None:
                if content is None or begun > len(content):
                    self.send_error(404 if content is None else 416)
                    return
                self.send_response(206 if begun else 200)
                if begun:
                    self.send_header("Content-Range", f"bytes {begun}-{len(content) - 1}/{len(content)}")
                body = content[begun:]
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                sent = 0
                limit = len(body) if hub.cut_after is None else min(len(body), hub.cut_after)
                try:
                    while sent < limit:
                        piece = body[sent : min(limit, sent + 65_536)]
                        self.wfile.write(piece)
                        sent += len(piece)
                        time.sleep(hub.seconds_per_piece)
                    if hub.stalls:
                        time.sleep(5)
                except OSError:
                    """The other side hung up."""
                if limit < len(body):
                    self.close_connection = True

        return Request
