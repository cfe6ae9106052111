"""Words appear as they come, whole, and the newest stay in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.talk import Turn
from app.theme import Theme
from app.views.transcript import Bubble, Transcript, TurnRow

TELUGU = "నమస్తే! ఈ రోజు ఆకాశం నిర్మలంగా ఉంది, సాయంత్రం చల్లగా ఉంటుంది. " * 3


@pytest.fixture
def transcript(qtbot: QtBot, theme: Theme) -> Transcript:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(600, 300)
    transcript.show()
    return transcript


def spoken(transcript: Transcript) -> list[str]:
    QApplication.processEvents()
    labels = [bubble.findChildren(QLabel)[1] for bubble in transcript.findChildren(Bubble)]
    return [label.accessibleName() for label in labels if label.isVisible()]


def test_both_sides_as_they_come(transcript: Transcript) -> None:
    turn = Turn(1)
    for step, expected in (
        (turn, ["You: …"]),
        (replace(turn, heard=" hello"), ["You: hello"]),
        (replace(turn, heard="hello", answering=True), ["You: hello", "Paluku: …"]),
        (replace(turn, heard="hello", answering=True, reply=" hi"), ["You: hello", "Paluku: hi"]),
        (
            replace(turn, heard="hello", answering=True, reply="hi", finished=True, interrupted=True),
            ["You: hello", "Paluku, stopped: hi"],
        ),
    ):
        transcript.show_turns((step,))
        assert spoken(transcript) == expected


def test_a_model_without_words_says_so(transcript: Transcript) -> None:
    transcript.show_turns((Turn(1, answering=True, finished=True),))
    assert spoken(transcript) == ["You: Spoken", "Paluku: Answered without words"]


def test_words_are_words_and_no_markup(transcript: Transcript) -> None:
    transcript.show_turns((Turn(1, "<b>a</b> & <img src=x>"),))
    label = transcript.findChildren(Bubble)[0].findChildren(QLabel)[1]
    assert "&lt;b&gt;a&lt;/b&gt; &amp; &lt;img" in label.text()


@pytest.mark.parametrize("width", [320, 600, 1400])
def test_no_word_is_cut(transcript: Transcript, width: int) -> None:
    transcript.resize(width, 300)
    transcript.show_turns((Turn(1, TELUGU, "word " * 60, answering=True),))
    QApplication.processEvents()
    for bubble in transcript.findChildren(Bubble):
        label = bubble.findChildren(QLabel)[1]
        assert label.heightForWidth(label.width()) <= label.height()
        assert bubble.geometry().right() <= transcript.viewport().width()


def test_the_newest_words_stay_in_sight_unless_one_reads_back(transcript: Transcript, qtbot: QtBot) -> None:
    bar = transcript.verticalScrollBar()
    turns = tuple(Turn(n, TELUGU, TELUGU, answering=True, finished=True) for n in range(8))
    transcript.show_turns(turns)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), timeout=2000)
    bar.setValue(10)
    transcript.show_turns((*turns, Turn(9, TELUGU)))
    qtbot.wait(30)
    assert bar.value() == 10


def test_another_talk_takes_the_place_of_this_one(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_turns((Turn(1, "a"), Turn(2, "b"), Turn(3, "c")))
    transcript.show_turns((Turn(1, "z"),))
    qtbot.waitUntil(lambda: len(transcript.findChildren(TurnRow)) == 1, timeout=2000)
    assert spoken(transcript) == ["You: z"]


def test_a_long_talk_has_rows_for_its_newest_turns_only(transcript: Transcript, qtbot: QtBot) -> None:
    turns: tuple[Turn, ...] = ()
    for n in range(70):
        turns += (Turn(n, f"question {n}", f"answer {n}", answering=True, finished=True),)
        transcript.show_turns(turns)
        QApplication.processEvents()
    shown = [f"You: question {n}" for n in range(46, 70)]
    qtbot.waitUntil(lambda: spoken(transcript)[::2] == shown, timeout=2000)
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_earlier_turns_come_when_asked_for_and_what_is_read_stays(
    transcript: Transcript, qtbot: QtBot
) -> None:
    turns = tuple(Turn(n, f"question {n}", f"answer {n}", answering=True, finished=True) for n in range(40))
    transcript.show_turns(turns)
    QApplication.processEvents()
    bar, button = transcript.verticalScrollBar(), transcript.findChild(QPushButton)
    bar.setValue(0)
    row = transcript.findChildren(TurnRow)[0]
    before = row.mapTo(transcript, row.rect().topLeft()).y()
    button.click()
    QApplication.processEvents()
    assert spoken(transcript)[0] == "You: question 16" and not button.isVisible()
    assert abs(row.mapTo(transcript, row.rect().topLeft()).y() - before) <= button.height() + 12
    transcript.show_turns((*turns, Turn(40, "one more")))  # who reads back is not disturbed
    QApplication.processEvents()
    assert len(transcript.findChildren(TurnRow)) == 41
    bar.setValue(bar.maximum())
    transcript.show_turns((*turns, Turn(40, "one more"), Turn(41, "and one")))
    qtbot.waitUntil(lambda: len(transcript.findChildren(TurnRow)) == 24, timeout=2000)
    assert spoken(transcript)[-1] == "You: and one"
