"""DelayBar: the delay from mouth to ear, by the parts that make it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.parts_bar import PartsBar
from core.events import Mirrored

_FULL_MS = 300.0  # a bar of the whole width; longer delays fill it


class DelayBar(QWidget):
    """A sentence with the figures over a bar of three parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = QLabel()
        self._parts = QLabel()
        self._parts.setProperty("kind", "small")
        self._bar = PartsBar(self.tr("Delay from mouth to ear"), _FULL_MS)
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
