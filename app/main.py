"""main: puts the application together, shows the window, then starts the engine."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence

from app.native_order import load_before_qt

_GIVE_WAY_SECONDS = 0.0005
"""After which the window hands the interpreter to the engine, which asks for it several times a frame."""


def main(argv: Sequence[str]) -> int:
    """Run the application until its window is closed."""
    parser = argparse.ArgumentParser(prog="paluku", description="Talk with a speech model, offline.")
    parser.add_argument(
        "--smoke", action="store_true", help="show the window, print how long that took as JSON, and quit"
    )
    parser.add_argument(
        "--talk", action="store_true", help="begin a turn in the Paluku that is open, or end it: for a key"
    )
    parser.add_argument(
        "--report", action="store_true", help="print as JSON when the window and when the models are there"
    )
    wishes = parser.parse_args(argv)
    load_before_qt()
    sys.setswitchinterval(_GIVE_WAY_SECONDS)
    return _run(smoke=wishes.smoke, report=wishes.report, word="talk" if wishes.talk else "")


def _run(*, smoke: bool, report: bool, word: str) -> int:
    # Qt only now: on Windows other libraries had to be first
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from app.bridge import Bridge
    from app.crash import CrashReporter
    from app.doors import Doors
    from app.engine_like import EngineLike
    from app.front import Front
    from app.languages import Languages
    from app.measure import print_start
    from app.places import settings_file
    from app.settings import load
    from app.settings_keeper import SettingsKeeper
    from app.single_instance import SingleInstance
    from app.start_report import StartReport
    from app.sweeper import Sweeper
    from app.talk_keys import TalkKeys
    from app.theme import Theme
    from app.trouble import of_broken_settings, of_taken_key, of_unsaved
    from core.events import Event
    from core.folders import log_folder
    from core.offline import seal, stay_offline

    application = QApplication(sys.argv[:1])
    application.setApplicationName("Paluku")
    application.setDesktopFileName("paluku")
    instance = SingleInstance(application)
    if not smoke and not instance.is_first(word):
        return 0
    reporter = CrashReporter(log_folder(), application)
    reporter.install()
    loaded = load(settings_file())
    offline = loaded.settings.privacy.offline
    stay_offline(offline)
    if offline:
        seal()

    def make_engine(on_event: Callable[[Event], None]) -> EngineLike:
        from core.engine import desktop_engine

        chosen = bridge.settings
        return desktop_engine(
            on_event,
            microphone=chosen.sound.microphone or None,
            speaker=chosen.sound.speaker or None,
            model=chosen.answering.model or None,
        )

    bridge = Bridge(make_engine, loaded.settings, application)
    keeper = SettingsKeeper(settings_file(), application)
    bridge.settings_changed.connect(keeper.keep)
    keeper.refused.connect(lambda reason: bridge.report(of_unsaved(reason)))
    bridge.settings_changed.connect(lambda settings: stay_offline(settings.privacy.offline))
    if loaded.reason:
        bridge.report(of_broken_settings(loaded))
    doors = Doors(bridge)
    front = Front(doors, Theme(application), Languages(application), application)
    instance.knocked.connect(front.come_forward)
    instance.asked.connect(lambda asked: bridge.toggle_talk() if asked == "talk" else None)
    keys = TalkKeys(application)
    keys.pressed.connect(bridge.press)
    keys.released.connect(bridge.release)
    keys.refused.connect(lambda key: bridge.report(of_taken_key(key)))
    bridge.settings_changed.connect(lambda settings: keys.listen_to(settings.talking.key))
    if report:
        started = StartReport(application)
        front.painted.connect(started.window_painted)
        bridge.talk_changed.connect(started.talk_changed)
    if smoke:
        front.painted.connect(print_start)
        front.painted.connect(application.quit)
    else:
        front.painted.connect(bridge.start, Qt.ConnectionType.SingleShotConnection)
    application.aboutToQuit.connect(keeper.flush)
    sweeper = Sweeper(application)
    sweeper.start()
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    front.window.show()
    keys.listen_to(bridge.settings.talking.key)
    status = application.exec()
    keys.close()
    front.close()
    keeper.flush()
    instance.close()
    ended = doors.close()
    sweeper.close()
    if not ended:
        # a model that is still being loaded cannot be stopped, and must not find the window half gone
        logging.shutdown()
        os._exit(status)
    return status
