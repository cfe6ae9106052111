"""Drawings become pictures without a screen: the right size, with colours and letters where they belong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.drawing import SCALE, save_png
from core.errors import StorageError
from core.workbench.analysis.svg import Svg


def drawing() -> str:
    svg = Svg(200, 100, "a drawing")
    svg.rect(10, 10, 50, 30, "#ff0000", round=0)
    svg.text(100, 60, "పలుకు", size=20)
    return str(svg)


def _ink(image: QImage, left: int, top: int, right: int, bottom: int) -> int:
    """How many pixels there are darker than paper."""
    return sum(
        image.pixelColor(x, y).lightness() < 128 for x in range(left, right) for y in range(top, bottom)
    )


def test_a_drawing_is_drawn(qapp: QApplication, tmp_path: Path) -> None:
    save_png(drawing(), tmp_path / "out.png")
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (200 * SCALE, 100 * SCALE)
    assert image.pixelColor(70, 50).name() == "#ff0000" and image.pixelColor(4, 4).name() == "#ffffff"
    assert _ink(image, 190, 80, 330, 140) > 100 and _ink(image, 0, 150, 400, 200) == 0


def test_a_place_that_cannot_be_written_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"out\.png"):
        save_png(drawing(), tmp_path / "nowhere" / "out.png")


def test_it_needs_no_screen_and_no_window(tmp_path: Path) -> None:
    (tmp_path / "in.svg").write_text(drawing(), encoding="utf-8")
    code = "import sys; from pathlib import Path; from app.drawing import save_png\n"
    code += "save_png(Path(sys.argv[1]).read_text(encoding='utf-8'), Path(sys.argv[2]))"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "in.svg"), str(tmp_path / "out.png")],
        check=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
    )
    assert QImage(str(tmp_path / "out.png")).pixelColor(70, 50).name() == "#ff0000"
