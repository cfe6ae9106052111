"""TalkKeys: a key that talks while it is held, whatever window has the keyboard."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Signal, Slot
from PySide6.QtGui import QGuiApplication

translate = QCoreApplication.translate

_PRESS, _RELEASE = 2, 3  # kinds of X events
_ASYNC = 1
_LOCKS = (0, 2, 16, 18)  # with and without Caps Lock and Num Lock
_EVENT_BYTES = 24 * ctypes.sizeof(ctypes.c_long)
_X_NAMES = {"ScrollLock": b"Scroll_Lock"}

_OnError = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class TalkKeys(QObject):
    """One key of an X server, taken from all other programs while it is wished."""

    pressed = Signal()
    released = Signal()
    refused = Signal(str)  # the key: another program has it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._x: Any = None
        self._display: Any = None
        self._notifier: QSocketNotifier | None = None
        self._code = 0
        self._failed = False
        self._key = ""
        self._on_error = _OnError(self._note_error)

    @staticmethod
    def possible() -> bool:
        """Only a real X server lets a program listen to a key of another window; Wayland forbids it."""
        return (
            QGuiApplication.platformName() == "xcb"
            and not os.environ.get("WAYLAND_DISPLAY")
            and ctypes.util.find_library("X11") is not None
        )

    @property
    def key(self) -> str:
        """The key that is listened to."""
        return self._key

    @Slot(str)
    def listen_to(self, key: str) -> None:
        """Take this key, and give back the one before; an empty one is none."""
        if key == self._key or not self.possible():
            return
        self._give_back()
        if key and self._open():
            self._take(key)

    def close(self) -> None:
        """Give the key back and leave the X server."""
        self._give_back()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    def _open(self) -> bool:
        """A connection of our own: Qt's hears only its own windows."""
        if self._display:
            return True
        self._x = x = ctypes.CDLL(ctypes.util.find_library("X11"))
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        x.XStringToKeysym.restype = ctypes.c_ulong
        x.XSetErrorHandler.restype = ctypes.c_void_p
        opened = x.XOpenDisplay(None)
        if not opened:
            return False
        self._display = ctypes.c_void_p(opened)
        # without this a held key comes as a row of presses and releases
        x.XkbSetDetectableAutoRepeat(self._display, 1, None)
        self._notifier = QSocketNotifier(x.XConnectionNumber(self._display), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    def _take(self, key: str) -> None:
        x, display = self._x, self._display
        symbol = x.XStringToKeysym(_X_NAMES.get(key, key.encode()))
        self._code = int(x.XKeysymToKeycode(display, ctypes.c_ulong(symbol)))
        self._failed = self._code == 0
        if self._code:
            before = x.XSetErrorHandler(self._on_error)  # Xlib's own would end the program
            for locks in _LOCKS:
                x.XGrabKey(display, self._code, locks, self._root(), 1, _ASYNC, _ASYNC)
            x.XSync(display, 0)
            x.XSetErrorHandler(ctypes.c_void_p(before))
        if self._failed:
            self._give_back()
            self.refused.emit(key)
        else:
            self._key = key

    def _give_back(self) -> None:
        self._key = ""
        if self._display and self._code:
            for locks in _LOCKS:
                self._x.XUngrabKey(self._display, self._code, locks, self._root())
            self._x.XFlush(self._display)
        self._code = 0

    def _root(self) -> ctypes.c_ulong:
        return ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def _note_error(self, display: int, event: int) -> int:
        self._failed = True
        return 0

    @Slot()
    def _read(self) -> None:
        event = ctypes.create_string_buffer(_EVENT_BYTES)
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, event)
            kind = ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0]
            if kind == _PRESS:
                self.pressed.emit()
            elif kind == _RELEASE:
                self.released.emit()


def key_hint(possible: bool) -> tuple[bool, str]:
    """Whether a key can be chosen here, and what there is to say about it."""
    if possible:
        return True, translate(
            "TalkKeys", "Held anywhere, it is the talk button. Other programs do not get it."
        )
    words = translate(
        "TalkKeys",
        "This system lets no program hear the keys of other windows. In its settings you can give a key to "
        "the command {command}: it begins a turn, and ends it.",
    )
    return False, words.format(command="paluku --talk")
