"""What happens when the program itself fails: a line in the log and a calm word to the user."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from app import icons
from app.colours import colours_of
from core.folders import make_private

_LOG = logging.getLogger(__name__)
_LARGEST = 1_000_000  # bytes of one log file
_FILES = 3


class CrashReporter(QObject):
    """Catches what nobody caught, in any thread, writes it down and tells the user once."""

    _caught = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_file = folder / "paluku.log"
        self._dialog: QMessageBox | None = None
        # a dialog belongs to the window's thread, wherever the fault was
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of this process, and begin the log."""
        _begin_log(self.log_file)
        sys.excepthook = self._in_main
        threading.excepthook = self._in_thread

    def _in_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._note(kind, error, trace, "the window")

    def _in_thread(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is None or issubclass(failure.exc_type, SystemExit):
            return
        where = failure.thread.name if failure.thread else "a thread"
        self._note(failure.exc_type, failure.exc_value, failure.exc_traceback, where)

    def _note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, where: str
    ) -> None:
        _LOG.critical("a fault in %s", where, exc_info=(kind, error, trace))
        self._caught.emit()

    @Slot()
    def _tell(self) -> None:
        if self._dialog is not None:
            return  # one dialog is enough; the log has them all
        dialog = QMessageBox()
        dialog.setIconPixmap(icons.picture("alert", colours_of(dialog.palette()).error, 40, 2.0))
        dialog.setWindowTitle(self.tr("Paluku"))
        dialog.setText(self.tr("Something went wrong inside Paluku."))
        dialog.setInformativeText(
            self.tr("It goes on as well as it can. What happened is written down in\n{path}").format(
                path=self.log_file
            )
        )
        show = dialog.addButton(self.tr("Show the log"), QMessageBox.ButtonRole.ActionRole)
        dialog.addButton(self.tr("Close"), QMessageBox.ButtonRole.RejectRole)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        show.clicked.connect(self._open_folder)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.show()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.log_file.parent)))

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def _begin_log(file: Path) -> None:
    """A log that never grows beyond a few files; a disk that refuses it does not stop the program."""
    log: logging.Handler
    try:
        make_private(file.parent)
        log = RotatingFileHandler(file, maxBytes=_LARGEST, backupCount=_FILES - 1, encoding="utf-8")
    except OSError:
        log = logging.StreamHandler()
    log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(log)
    logging.getLogger().setLevel(logging.INFO)
