"""Scenes of a talk by voice alone, with the model that ships: nobody touches anything but the last key."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.settings import Answering
from app.talk import Turn
from app.views.speaker_picker import SpeakerPicker
from app.views.typed_line import TypedLine
from tests.window.person import Person, Steps
from tests.window.scenes import ended, quit_

_INTO_A_STORY_SECONDS = 2.5  # long enough for the first words of it to be heard
_STORY_SECONDS = 4.0
_BETWEEN_KEYS = 0.05
_PATIENCE_SECONDS = 1.5  # with a machine that speaks on


def ten_turns(person: Person) -> Steps:
    """Ten turns in two languages: a sum, a timer that rings, a mood, a voice, a story that is broken off."""
    yield from person.until(lambda: person.talk.phase == "listening", "it does not listen")
    for words in ("hello", "name", "sum", "timer"):
        yield from say_and_hear(person, words)
    yield from person.until(lambda: any(rung(turn) for turn in ended(person)), "the timer does not ring")
    person.found["rung"] = next(turn.reply for turn in ended(person) if rung(turn))
    yield from until_it_listens(person)
    yield from say_and_hear(person, "joke")
    yield from say_and_hear(person, "sad")
    yield from person.until(lambda: answering(person).emotion == "sad", "the mood does not change")
    yield from break_off_the_story(person)
    yield from picture(person, "conversation-light")
    before = answering(person).speaker
    yield from say_and_hear(person, "voice")
    if answering(person).speaker == before:  # as a person does who is misheard
        person.found["misheard"] = True
        yield from say_and_hear(person, "voice")
    yield from person.until(lambda: answering(person).speaker != before, "the voice does not change")
    person.found["voices"] = [before, answering(person).speaker]
    yield from person.until(
        lambda: answering(person).speaker in person.window.findChild(SpeakerPicker).text().lower(),
        "the new voice is not shown",
    )
    yield from say_and_hear(person, "thanks")
    tell_turns(person)
    person._front._doors.bridge.choices.choose_look("appearance", "dark")
    yield from picture(person, "conversation-dark")
    yield from quit_(person)


def barge_in(person: Person) -> Steps:
    """A story is broken off by voice; with the setting that forbids it, a second one is not."""
    yield from person.until(lambda: person.talk.phase == "listening", "it does not listen")
    yield from say_and_hear(person, "joke")  # until it has spoken, it cannot know that there is no echo
    yield from break_off_the_story(person)
    person._front._doors.bridge.choices.choose_barge_in("key")
    count = len(ended(person))
    yield from person.ask("say story")
    yield from person.until(lambda: person.talk.phase == "speaking", "no second story")
    yield from person.wait(_INTO_A_STORY_SECONDS)
    yield from person.ask("say day")
    yield from person.until(lambda: len(ended(person)) > count, "the second story does not end")
    tell_turns(person)
    yield from quit_(person)


def keys(person: Person) -> Steps:
    """Keys are struck while the models load, while a story is told, and while they load once more."""
    keyboard = Keyboard(person.window)
    yield from person.until(lambda: person.talk.ready is not None, "the models are not loaded")
    person.found["loading"] = keyboard.answers()
    yield from person.until(lambda: person.talk.phase in ("idle", "listening"), "not ready to talk")
    line = person.window.findChild(TypedLine).findChild(QLineEdit)
    QTest.keyClicks(line, "tell me a story")
    QTest.keyClick(line, Qt.Key.Key_Return)
    yield from person.until(lambda: person.talk.phase == "speaking", "no story")
    keyboard.answers()
    yield from person.wait(_STORY_SECONDS)
    person.found["speaking"] = keyboard.answers()
    person._front._doors.bridge.restart()
    yield from person.until(lambda: person.talk.ready is not None, "they are not loaded again")
    person.found["loading_again"] = keyboard.answers()
    keyboard.stop()
    yield from quit_(person)


class Keyboard(QObject):
    """Strikes a key from another thread, many times a second, and sees how soon the window has it."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._window = window
        self._struck_at = 0.0
        self._taken = threading.Event()
        self._stopped = False
        self._milliseconds: list[float] = []
        window.installEventFilter(self)
        self._thread = threading.Thread(target=self._strike, daemon=True)
        self._thread.start()

    def answers(self) -> dict[str, float]:
        """How soon, since the last question: half of them, and all but one of twenty, in milliseconds."""
        found, self._milliseconds = self._milliseconds, []
        if not found:
            return {}
        middle, most, worst = np.percentile(found, (50, 95, 100))
        return {
            "count": len(found),
            "median": round(middle, 1),
            "p95": round(most, 1),
            "worst": round(worst, 1),
        }

    def stop(self) -> None:
        self._stopped = True
        self._thread.join()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F24:
            if event.type() == QEvent.Type.KeyPress and not self._taken.is_set():
                self._milliseconds.append(1000 * (time.monotonic() - self._struck_at))
                self._taken.set()
            return True
        return False

    def _strike(self) -> None:
        while not self._stopped:
            self._taken.clear()
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F24, Qt.KeyboardModifier.NoModifier)
            self._struck_at = time.monotonic()
            QCoreApplication.postEvent(self._window, key)
            self._taken.wait(2.0)
            time.sleep(_BETWEEN_KEYS)


def picture(person: Person, name: str) -> Steps:
    """What is on the screen now, as a file."""
    yield from person.wait(0.3)
    person.window.grab().save(str(Path(os.environ["PICTURES"]) / f"{name}.png"))


def say_and_hear(person: Person, words: str) -> Steps:
    """Let somebody say this, and hear the answer to its end."""
    count = len(asked(person))
    yield from person.ask(f"say {words}")
    yield from person.until(lambda: len(asked(person)) > count, f"no answer to “{words}”")
    yield from until_it_listens(person)


def break_off_the_story(person: Person) -> Steps:
    """Ask for a story, and for the day when it has hardly begun."""
    count = len(asked(person))
    yield from person.ask("say story")
    yield from person.until(lambda: person.talk.phase == "speaking", "no story")
    yield from person.wait(_INTO_A_STORY_SECONDS)
    yield from person.ask("say day")
    yield from person.wait(_PATIENCE_SECONDS)
    if len(asked(person)) == count and person.talk.phase == "speaking":  # as a person does who is not heard
        person.found["said_again"] = True
        yield from person.ask("say day")
    yield from person.until(lambda: len(asked(person)) > count + 1, "it does not say the day")
    person.found["told_stopped"] = person.see("Paluku, stopped")
    yield from until_it_listens(person)


def until_it_listens(person: Person) -> Steps:
    """Wait for silence on both sides: what is said into the end of an answer would be another scene."""
    yield from person.until(lambda: person.talk.phase == "listening", "it does not listen again")
    yield from person.wait(0.6)


def asked(person: Person) -> list[Turn]:
    """The turns that somebody began, without what rang by itself."""
    return [turn for turn in ended(person) if turn.heard]


def rung(turn: Turn) -> bool:
    return turn.finished and not turn.heard


def answering(person: Person) -> Answering:
    bridge = person._front._doors.bridge
    return bridge.settings.answering  # type: ignore[no-any-return]


def tell_turns(person: Person) -> None:
    person.found["turns"] = [(turn.heard, turn.reply, turn.interrupted) for turn in asked(person)]
