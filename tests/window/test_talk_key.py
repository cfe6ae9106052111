"""A key of another window talks: a real X server, and a key press that is not sent to us."""

from __future__ import annotations

import json

import pytest

from tests.window.conftest import run

pytestmark = pytest.mark.window

SCRIPT = """
import ctypes, json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.talk_keys import TalkKeys

application = QApplication(sys.argv[:1])
said, refused = [], []
keys, others = TalkKeys(), TalkKeys()
keys.pressed.connect(lambda: said.append("pressed"))
keys.released.connect(lambda: said.append("released"))
others.refused.connect(refused.append)
keys.listen_to("F9")
others.listen_to("F9")

x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
display = ctypes.c_void_p(x.XOpenDisplay(None))
code = x.XKeysymToKeycode(display, ctypes.c_ulong(0xFFC6))

def press(down):
    test.XTestFakeKeyEvent(display, code, down, 0)
    x.XFlush(display)

QTimer.singleShot(100, lambda: press(1))
QTimer.singleShot(1200, lambda: press(0))  # long enough for the key to repeat
QTimer.singleShot(1500, lambda: keys.listen_to(""))
QTimer.singleShot(1600, lambda: press(1))
QTimer.singleShot(1700, lambda: press(0))
QTimer.singleShot(1900, application.quit)
application.exec()
possible, key = keys.possible(), others.key
keys.close(), others.close()
print(json.dumps({"possible": possible, "said": said, "refused": refused, "key": key}))
"""


def test_a_key_of_another_window_is_heard_until_it_is_given_back(environment: dict[str, str]) -> None:
    done = run("-c", SCRIPT, env=environment)
    told = json.loads(done.stdout)
    assert done.stderr == "" and told["possible"]
    # a held key repeats itself: presses may come in a row, the release comes once and last
    assert set(told["said"][:-1]) == {"pressed"} and told["said"][-1] == "released"
    assert told["refused"] == ["F9"] and told["key"] == ""
