"""SettingsKeeper: brings changed settings to disk, a moment after the last change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.settings import Settings, save

_REST_MS = 500


class SettingsKeeper(QObject):
    """The settings that wait to be written, if any."""

    refused = Signal(str)  # why the disk did not take them

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._waiting: Settings | None = None
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self.flush)

    @Slot(object)
    def keep(self, settings: Settings) -> None:
        self._waiting = settings
        self._rest.start()

    @Slot()
    def flush(self) -> None:
        """Write now what is not yet written."""
        self._rest.stop()
        settings, self._waiting = self._waiting, None
        if settings is None:
            return
        try:
            save(settings, self._file)
        except OSError as error:
            self.refused.emit(error.strerror or str(error))
