"""The walls of the house: who may import what, and what importing may not do."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(p for part in ("app", "core", "packaging") for p in (ROOT / part).rglob("*.py"))

# A library, and the only places that may import it.
WALLS = {
    "PySide6": ("app/", "packaging/"),
    "torch": ("core/nn/", "core/training/", "core/workbench/"),
    "transformers": ("core/nn/", "core/training/"),
    "onnxruntime": ("core/graph.py",),
    "onnx": ("core/training/",),
    "sounddevice": ("core/audio/devices.py", "core/audio/microphone.py", "core/audio/speaker.py"),
    "rtmixer": ("core/audio/microphone.py", "core/audio/speaker.py"),
    "huggingface_hub": ("core/cards.py", "core/download.py"),
}
NAMELESS_ROOMS = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield node.module or "", node.lineno


@pytest.mark.parametrize("library", WALLS)
def test_a_library_is_imported_only_in_its_room(library: str) -> None:
    outside = []
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        for module, line in _imports(path):
            if module.split(".")[0] == library and not name.startswith(WALLS[library]):
                outside.append(f"{name}:{line}")
    assert outside == []


def test_nothing_hides_a_circle_behind_type_checking() -> None:
    hidden = [p.name for p in SOURCES if "TYPE_CHECKING" in p.read_text(encoding="utf-8")]
    assert hidden == []


def test_every_room_has_a_name_of_its_own() -> None:
    assert [p for p in SOURCES if p.name in NAMELESS_ROOMS] == []


def test_no_file_grew_into_a_house() -> None:
    long = {p.name: n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 450}
    assert long == {}


def test_the_library_called_packaging_is_not_shadowed() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "tests" / "packaging").exists()
    found = subprocess.run(
        [sys.executable, "-c", "from packaging.version import Version; print(Version('1.0'))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "1.0"


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("app.main", "PySide6 torch transformers huggingface_hub onnxruntime sounddevice"),
        ("core.engine", "PySide6 torch transformers huggingface_hub onnxruntime sounddevice soundfile"),
        ("core.loading", "PySide6 torch transformers huggingface_hub onnxruntime sounddevice"),
        ("core.commands.talk", "PySide6 torch transformers huggingface_hub onnxruntime sounddevice"),
        ("core.codecs.onnx", "PySide6 torch transformers huggingface_hub"),
        ("core.s2s.onnx", "PySide6 torch transformers huggingface_hub"),
    ],
)
def test_importing_stays_light(module: str, absent: str) -> None:
    code = f"import {module}, sys; print(*[m for m in {absent.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
