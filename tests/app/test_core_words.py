"""Every sentence with which core fails a user of the window is known to the window, and no other."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core_words import SENTENCES, in_the_words_of_the_window
from app.languages import TRANSLATED, Languages
from app.theme import Theme
from app.trouble import of_error
from app.views.error_bar import ErrorBar
from core.errors import DeviceError, PalukuError, StorageError

ROOT = Path(__file__).parents[2]
MET = (  # by who uses the window; the rest of core speaks to who uses the command line or writes a card
    "archive",
    "audio.devices",
    "audio.microphone",
    "audio.speaker",
    "audio.wav",
    "cards",
    "casting",
    "download",
    "engine",
    "enhance.engines",
    "enhance.files",
    "enhance.memory",
    "errand",
    "graph",
    "history",
    "hosting",
    "interludes",
    "laboratory",
    "library",
    "line",
    "listening_room",
    "loading",
    "offline",
    "polish",
    "s2s.onnx",
    "s2s.sounding",
    "skills.rings",
    "talks.turns",
)
SAYING = {
    "PalukuError",
    "AudioFileError",
    "DeviceError",
    "ModelError",
    "StorageError",
    "NetworkError",
    "_storage",  # of the history: how its sentences begin
}


class Sentences:
    """What the errors of one module can say, with {} at each place that is filled in."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._tree = ast.parse(inspect.getsource(module))

    def __iter__(self) -> Iterator[str]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                for part in node.args:
                    yield from self._said(part)

    def _said(self, node: ast.AST | None) -> Iterator[str]:
        match node:
            case ast.Constant(str(words)):
                yield words
            case ast.JoinedStr(parts):
                yield from self._joined(parts)
            case ast.IfExp(_, one, other):
                yield from self._said(one)
                yield from self._said(other)
            case ast.Name(name):
                yield from self._named(name)
            case ast.Call(ast.Attribute(ast.Name(table), "get"), [_, *default]):
                yield from getattr(self._module, table).values()
                for each in default:
                    yield from self._said(each)
            case ast.Call(ast.Name(function)) if function != "str":
                told = getattr(self._module, function, None)
                whole = ast.parse(inspect.getsource(told)) if inspect.isfunction(told) else ast.Module([], [])
                for each in ast.walk(whole):
                    if isinstance(each, ast.Return):
                        yield from self._said(each.value)

    def _joined(self, parts: list[ast.expr]) -> Iterator[str]:
        words = ""
        for part in parts:
            if isinstance(part, ast.Constant):
                words += str(part.value)
            elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
                known = getattr(self._module, part.value.id, None)
                words += known if isinstance(known, str) else "{}"
            else:
                words += "{}"
        yield words

    def _named(self, name: str) -> Iterator[str]:
        known = getattr(self._module, name, None)
        if isinstance(known, str):
            yield known
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == name for target in node.targets
            ):
                yield from self._said(node.value)


def _places(sentence: str) -> str:
    return re.sub(r"\{\w*\}", "{}", sentence)


@pytest.fixture(scope="module")
def said() -> set[str]:
    """All that can be said."""
    found: set[str] = set()
    for name in MET:
        found |= {_places(words) for words in Sentences(importlib.import_module(f"core.{name}"))}
    return found - {"", "{}"}


def test_every_sentence_of_core_is_known_and_none_is_stale(said: set[str]) -> None:
    known = {_places(sentence) for sentence in SENTENCES}
    assert said - known == set(), "not known to the window"
    assert known - said == set(), "no longer said"


def test_what_is_filled_in_is_found_again() -> None:
    for sentence in SENTENCES:
        places = re.findall(r"\{(\w+)\}", sentence)
        filled = sentence.format(**{place: f"<{place}: a.b.>" for place in places})
        assert in_the_words_of_the_window(filled) == filled


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_error_of_core_is_told_in_the_language_of_the_window(
    qapp: QApplication, qtbot: QtBot, theme: Theme, language: str
) -> None:
    bar, languages = ErrorBar(), Languages(qapp)
    qtbot.addWidget(bar)
    errors: tuple[PalukuError, ...] = (
        DeviceError("The microphone “Mic 1” cannot be opened.", "Connect it again, or choose another one."),
        StorageError("The disk is full while writing /a b/talk.wav.", "Choose another place."),
        StorageError("The name could not be saved: disk I/O error.", "Is the disk full or read-only?"),
    )
    languages.choose(language)  # type: ignore[arg-type]
    try:
        told = []
        for error in errors:
            bar.show_trouble(of_error(error))
            told.append(bar.accessibleName())
        bar.show_trouble(of_error(PalukuError("Nobody ever said this.", "Nor that.")))
        unknown = bar.accessibleName()
    finally:
        languages.choose("en")
    kept = ("Mic 1", "/a b/talk.wav", "disk I/O error")
    for words, name in zip(told, kept, strict=True):
        assert name in words
        assert not re.search(r"[A-Za-z]{3}", words.replace(name, ""))
    assert unknown == "Nobody ever said this. Nor that."


def test_an_english_window_says_what_core_says(qtbot: QtBot, theme: Theme) -> None:
    bar = ErrorBar()
    qtbot.addWidget(bar)
    bar.show_trouble(of_error(DeviceError("No speaker was found.", "Connect a speaker.")))
    assert bar.accessibleName() == "No speaker was found. Connect a speaker."
