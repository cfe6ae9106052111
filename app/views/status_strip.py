"""StatusStrip: the line at the foot of the window that says how things are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app import icons
from app.colours import colours_of
from app.views.short_label import ShortLabel

_NARROW, _SHORT = 1, 2  # the first steps of the engine's relief


class StatusStrip(QFrame):
    """Devices on the left, delays and losses on the right. Values in, nothing out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._pictures = {"microphone": QLabel(), "speaker": QLabel()}
        self._microphone = ShortLabel()
        self._speaker = ShortLabel()
        self._relief = QLabel()
        self._delay = QLabel()
        self._losses = QLabel()
        self._offline = QLabel(self.tr("Offline, on this computer"))
        for label in (
            self._microphone,
            self._speaker,
            self._relief,
            self._delay,
            self._losses,
            self._offline,
        ):
            label.setProperty("kind", "strip")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._offline.setToolTip(self.tr("Nothing that is said leaves this computer"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(6)
        for picture, name in (
            (self._pictures["microphone"], self._microphone),
            (self._pictures["speaker"], self._speaker),
        ):
            row.addWidget(picture)
            row.addWidget(name)
            row.addSpacing(12)
        row.addStretch(1)
        for label in (self._relief, self._delay, self._losses, self._offline):
            row.addWidget(label)
            if label is not self._offline:
                row.addSpacing(12)
        self.show_devices(None, None)
        self.show_relief(0)
        self.show_delay("")
        self.show_losses(0, 0)
        self._dress()

    def show_devices(self, microphone: str | None, speaker: str | None) -> None:
        self._microphone.show_words(microphone or self.tr("closed"))
        self._speaker.show_words(speaker or self.tr("closed"))
        self._microphone.setAccessibleName(self.tr("Microphone: {name}").format(name=microphone or "-"))
        self._speaker.setAccessibleName(self.tr("Speaker: {name}").format(name=speaker or "-"))

    def show_relief(self, step: int) -> None:
        """How much is left out while the computer has too much to do; nothing is said while nothing is."""
        left_out = {
            0: "",
            _NARROW: self.tr("The high tones are left out until it has time again."),
            _SHORT: self.tr("Only the newest part of a long talk is kept in mind until it has time again."),
        }.get(step, self.tr("Sound is computed in larger pieces until it has time again."))
        self._relief.setText(self.tr("Computer is busy") if step else "")
        self._relief.setVisible(step > 0)
        self._relief.setToolTip(left_out)
        self._relief.setAccessibleName(f"{self._relief.text()}. {left_out}" if step else "")

    def show_delay(self, words: str) -> None:
        self._delay.setText(words)
        self._delay.setVisible(bool(words))

    def show_losses(self, late_frames: int, gaps: int) -> None:
        """Frames computed too late, and gaps in the sound; nothing is said while all is well."""
        losses = late_frames + gaps
        self._losses.setText(
            self.tr("late {late}, gaps {gaps}").format(late=late_frames, gaps=gaps) if losses else ""
        )
        self._losses.setVisible(losses > 0)
        self._losses.setToolTip(
            self.tr("Late: frames that took longer to compute than they last. Gaps: holes in the sound.")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        for name, label in self._pictures.items():
            label.setPixmap(icons.picture(name, colours_of(self.palette()).quiet, 16, 2.0))
