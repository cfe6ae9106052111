"""SoundChoice: which speech is used: files, a recording that is made now, or sentences that are spoken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.views.short_label import ShortLabel

RECORDED_SECONDS = 5.0


def beside(control: QWidget) -> Qt.AlignmentFlag:
    """Where the name of a control stands in a form: with its first line."""
    top = isinstance(control, SoundChoice)
    return Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter


class SoundChoice(QWidget):
    """What was chosen, over three buttons that choose something else."""

    record_wished = Signal()

    def __init__(self, *, several: bool, parent: QWidget | None = None) -> None:
        """With `several`, more than one file can be chosen."""
        super().__init__(parent)
        self._several = several
        self._sounds: tuple[Path, ...] = ()
        self._recording = False
        self._shown = ShortLabel()
        self._shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._files = QPushButton(self.tr("Files…") if several else self.tr("A file…"))
        self._files.setAccessibleDescription(self.tr("Choose recordings of speech"))
        self._files.clicked.connect(self._choose)
        self._record = QPushButton()
        self._record.clicked.connect(self.record_wished)
        self._spoken = QPushButton(self.tr("Spoken sentences"))
        self._spoken.setToolTip(self.tr("Sentences in Telugu, Hindi and English, said by espeak-ng"))
        self._spoken.clicked.connect(lambda: self.choose(()))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._files, self._record, self._spoken):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._shown)
        column.addLayout(buttons)
        self.choose(())

    @property
    def sounds(self) -> tuple[Path, ...]:
        """What was chosen; nothing stands for spoken sentences."""
        return self._sounds

    def choose(self, sounds: tuple[Path, ...], name: str = "") -> None:
        """Use these sounds; `name` is what a person calls them."""
        self._sounds = sounds
        if not name:
            name = ", ".join(path.name for path in sounds)
        self._shown.show_words(name or self.tr("Sentences in three languages, spoken for the test"))
        self._spoken.setEnabled(bool(sounds))
        self.show_recording(False)

    def take_recording(self, path: Path) -> None:
        """A recording was made: use it."""
        self.choose((path,), self.tr("What you just said"))

    def show_recording(self, recording: bool) -> None:
        """Whether the microphone is being recorded."""
        self._recording = recording
        seconds = f"{RECORDED_SECONDS:.0f}"
        self._record.setText(
            self.tr("Speak now…") if recording else self.tr("Record {n} s").format(n=seconds)
        )
        for button in (self._record, self._files):
            button.setEnabled(not recording)

    def _choose(self) -> None:
        kinds = self.tr("Sound") + " (*.wav *.flac *.ogg *.mp3)"
        title, home = self.tr("Recordings of speech"), str(Path.home())
        if self._several:
            paths, _ = QFileDialog.getOpenFileNames(self, title, home, kinds)
        else:
            path, _ = QFileDialog.getOpenFileName(self, title, home, kinds)
            paths = [path] if path else []
        if paths:
            self.choose(tuple(Path(path) for path in paths))
