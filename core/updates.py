"""Updates: whether a newer Paluku is published. Nobody is asked before a person wishes it.

Where to ask is said by whoever makes the program (`packaging/make_bundle.py` writes it into a file beside
it); one that people built themselves has nobody to ask.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import ModelError, NetworkError
from core.offline import permitted

VARIABLE = "PALUKU_RELEASES"
FILE_NAME = "releases.txt"

_MOST_BYTES = 1_000_000
_SECONDS = 15.0
_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})")
_AT_HOME = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Release:
    """The newest version that is published, and the page that tells of it."""

    version: str
    page: str


def address() -> str:
    """Where the newest version is told; empty where nobody publishes this program."""
    if chosen := os.environ.get(VARIABLE):
        return chosen
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    told = Path(frozen) / FILE_NAME if frozen else None
    return told.read_text(encoding="utf-8").strip() if told and told.is_file() else ""


def ask(where: str) -> Release:
    """Ask the net for the newest version. What is sent is a request for this one page."""
    parts = urlsplit(where)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _AT_HOME):
        raise NetworkError(f"{where} is no address that can be asked safely.", "It must begin with https://.")
    request = urllib.request.Request(where, headers={"User-Agent": "paluku"})
    try:
        with permitted(), urllib.request.urlopen(request, timeout=_SECONDS) as response:
            raw = response.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        raise NetworkError(f"The server refused to tell ({refusal.code}).", "Try again later.") from refusal
    except (OSError, HTTPException) as failure:
        raise NetworkError(
            "The newest version cannot be asked for: the server is not reachable.",
            "Is this computer connected to the net?",
        ) from failure
    if len(raw) > _MOST_BYTES:
        raise ModelError("The answer about new versions is too long to be one.")
    return _read(raw)


def is_newer(version: str, than: str) -> bool:
    """Whether one version comes after another."""
    return _numbers(version) > _numbers(than)


def _read(raw: bytes) -> Release:
    """A release as forges tell it: its tag, and its page."""
    try:
        told = json.loads(raw)
        version, page = told["tag_name"], told["html_url"]
        found = _VERSION.fullmatch(version)
        sound = found is not None and urlsplit(page).scheme in ("https", "http") and page.isprintable()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise ModelError("The answer about new versions cannot be read.")
    return Release(version.removeprefix("v"), page)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found[1].split("."))) if found else ()
