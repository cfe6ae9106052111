"""DelayBar: the delay from mouth to ear, by the parts that make it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.colours import colours_of
from core.events import Mirrored

_FULL_MS = 300.0  # a bar of the whole width; longer delays fill it


class DelayBar(QWidget):
    """A sentence with the figures over a bar of three parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = QLabel()
        self._parts = QLabel()
        self._parts.setProperty("kind", "small")
        self._bar = _Bar()
        words = QHBoxLayout()
        words.addWidget(self._total)
        words.addStretch(1)
        words.addWidget(self._parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(words)
        column.addWidget(self._bar)
        self.show_delay(None)

    def show_delay(self, delay: Mirrored | None) -> None:
        if delay is None:
            self._total.setText(self.tr("Measuring the delay"))
            self._parts.setText("")
            self._bar.show_parts((0.0, 0.0, 0.0))
            return
        parts = (delay.capture_ms, delay.codec_ms, delay.playback_ms)
        capture, codec, playback = (round(part) for part in parts)
        self._total.setText(self.tr("{ms} ms from mouth to ear").format(ms=round(delay.total_ms)))
        self._parts.setText(
            self.tr("capture {capture}, codec {codec}, playback {playback}").format(
                capture=capture, codec=codec, playback=playback
            )
        )
        self._bar.show_parts(parts)


class _Bar(QWidget):
    """Three parts of a line, from light to dark."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = (0.0, 0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 8)

    def show_parts(self, parts: tuple[float, float, float]) -> None:
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(self.rect(), 4, 4)
            per_ms = self.width() / max(_FULL_MS, sum(self._parts))
            left = 0.0
            accent = QColor(colours.accent)
            for part, strength in zip(self._parts, (0.45, 1.0, 0.65), strict=True):
                accent.setAlphaF(strength)
                painter.setBrush(accent)
                painter.drawRoundedRect(QRectF(left, 0, max(0.0, part * per_ms - 2), self.height()), 3, 3)
                left += part * per_ms
        finally:
            painter.end()
