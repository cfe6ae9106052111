"""LatencyStrip: what a frame of sound spends where, from the microphone to the speaker."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.colours import colours_of
from app.engine_like import HealthLike
from app.views.parts_bar import PartsBar, part_colour

_FULL_MS = 150.0


class LatencyStrip(QWidget):
    """A bar of five parts over their names and milliseconds. The engine's health in, nothing out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = PartsBar(self.tr("What a frame of sound spends where"), _FULL_MS)
        self._figures: list[QLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for place, (name, what) in enumerate(self.parts()):
            mark, title, figure = _Mark(place), QLabel(name), QLabel("–")
            title.setProperty("kind", "small")
            title.setToolTip(what)
            figure.setProperty("kind", "strong")
            figure.setAccessibleDescription(f"{name}: {what}")
            self._figures.append(figure)
            grid.addWidget(mark, 0, 2 * place)
            grid.addWidget(title, 0, 2 * place + 1)
            grid.addWidget(figure, 1, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._bar)
        column.addLayout(grid)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each part, and what it is."""
        return (
            (self.tr("Capture"), self.tr("In the microphone and the system's sound, before we have it")),
            (self.tr("Encoder"), self.tr("Sound to codes, on average for a frame")),
            (self.tr("Model"), self.tr("Hearing, answering and finding the ends of turns, for a frame")),
            (self.tr("Decoder"), self.tr("Codes to sound, on average for a frame")),
            (self.tr("Device"), self.tr("In the system's sound and the speaker, after we let it go")),
        )

    def show_health(self, health: HealthLike) -> None:
        times = times_of(health)
        self._bar.show_parts(times)
        for label, time in zip(self._figures, times, strict=True):
            label.setText(self.tr("{ms} ms").format(ms=f"{time:.1f}"))


def times_of(health: HealthLike) -> tuple[float, ...]:
    """The five parts in milliseconds."""
    return health.capture_ms, health.encode_ms, health.model_ms, health.decode_ms, health.device_ms


class _Mark(QWidget):
    """A spot in the colour of a part."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10, 10)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(part_colour(colours_of(self.palette()).accent, self._place))
            painter.drawEllipse(self.rect())
        finally:
            painter.end()
