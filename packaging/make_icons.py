"""Makes the icons of the three systems from assets/paluku.svg into build/icons."""

from __future__ import annotations

import os
import struct
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bundle_parts import ICONS, ROOT
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_KINDS = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024, b"ic11": 32, b"ic12": 64}


def main() -> int:
    application = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(ROOT / "assets" / "paluku.svg"))
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "paluku.png").write_bytes(_picture(renderer, 256))
    (ICONS / "paluku.ico").write_bytes(_ico({size: _picture(renderer, size) for size in _ICO_SIZES}))
    (ICONS / "paluku.icns").write_bytes(_icns({k: _picture(renderer, s) for k, s in _ICNS_KINDS.items()}))
    del application
    return 0


def _picture(renderer: QSvgRenderer, size: int) -> bytes:
    """The icon as PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """Windows: a directory of pictures, then the pictures."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    rows, bodies = b"", b""
    for size, picture in pictures.items():
        rows += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at + len(bodies))
        bodies += picture
    return head + rows + bodies


def _icns(pictures: dict[bytes, bytes]) -> bytes:
    """macOS: each picture with its kind and length before it."""
    body = b"".join(kind + struct.pack(">I", 8 + len(p)) + p for kind, p in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


if __name__ == "__main__":
    sys.exit(main())
