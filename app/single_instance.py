"""SingleInstance: a second start shows the window of the first."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.places import settings_file
from core.folders import make_private

_PATIENCE_MS = 500
_LONGEST = 100  # letters of a door's path; systems allow a few more


class SingleInstance(QObject):
    """The only Paluku of this user and these settings; others knock and go."""

    knocked = Signal()
    asked = Signal(str)  # a word that another start was given

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _door()
        self._server: QLocalServer | None = None
        self._visitors: list[QLocalSocket] = []

    def is_first(self, word: str = "") -> bool:
        """Become the only one, or knock at the one that is there already, with a word for it."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(word.encode())
            socket.flush()
            socket.disconnectFromServer()
            if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
                socket.waitForDisconnected(_PATIENCE_MS)
            return False
        QLocalServer.removeServer(self._name)  # one that crashed left its door behind
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    @Slot()
    def _welcome(self) -> None:
        if self._server is not None and (visitor := self._server.nextPendingConnection()):
            self._visitors.append(visitor)
            visitor.disconnected.connect(self._hear)
            self._hear()

    @Slot()
    def _hear(self) -> None:
        """Those who have gone have said all that they had to say."""
        gone = [v for v in self._visitors if v.state() == QLocalSocket.LocalSocketState.UnconnectedState]
        for visitor in gone:
            self._visitors.remove(visitor)
            word = bytes(visitor.readAll().data()).decode(errors="replace")
            visitor.deleteLater()
            if word:
                self.asked.emit(word)
            else:
                self.knocked.emit()


def _door() -> str:
    """Where the first one listens: in a folder that only this user may enter, where doors are files."""
    settings = settings_file()
    name = f"paluku-{hashlib.sha256(str(settings).encode()).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    session = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    place = session if session.is_absolute() and session.is_dir() else settings.parent
    if len(os.fsencode(place / name)) > _LONGEST:
        return name
    make_private(place)
    return str(place / name)
