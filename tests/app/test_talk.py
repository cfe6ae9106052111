"""What the window shows follows from what the engine says, and from nothing else."""

from __future__ import annotations

from typing import get_args

import pytest

from app.talk import Phase, Talk, Turn, after
from app.trouble import Trouble
from core.audio.input_watch import TroubleKind
from core.errors import DeviceError, ModelError, StorageError
from core.events import (
    DeviceBack,
    DeviceLost,
    Ducked,
    Event,
    Failed,
    Finished,
    Heard,
    Hearing,
    Listening,
    Loading,
    MicrophoneTrouble,
    Mirrored,
    ModeChanged,
    NotSaved,
    Opened,
    Ready,
    Relieved,
    Ringing,
    Speaking,
    Stopped,
    Thinking,
    VolumeChanged,
)

READY = Ready("codec", "model", 1.0, speakers=("a",))
OPENED = Opened("mic", "phones")
FREE = (READY, OPENED, ModeChanged("hands_free"))


def told(*events: Event) -> Talk:
    talk = Talk()
    for event in events:
        talk = after(talk, event)
    return talk


@pytest.mark.parametrize(
    ("events", "phase"),
    [
        ((), "loading"),
        ((Loading("models", 0.5),), "loading"),
        ((READY,), "idle"),
        ((READY, OPENED, ModeChanged("hold"), Listening()), "idle"),
        (FREE, "listening"),
        ((*FREE, Hearing(1)), "hearing"),
        ((*FREE, Hearing(1), Heard(1, "a", final=True), Thinking(1)), "thinking"),
        ((*FREE, Hearing(1), Thinking(1), Speaking(1, "")), "speaking"),
        ((*FREE, Hearing(1), Thinking(1), Finished(1, "", "", 1, 1, False)), "listening"),
        ((READY, Opened(None, "phones"), ModeChanged("hold")), "offline"),
        ((*FREE, DeviceLost("microphone", "mic", "")), "offline"),
        ((*FREE, DeviceLost("speaker", "phones", "")), "listening"),
        ((*FREE, DeviceLost("microphone", "mic", ""), DeviceBack("microphone", "mic")), "listening"),
        ((*FREE, Failed(ModelError("no"), fatal=True)), "broken"),
        ((Failed(ModelError("no"), fatal=True),), "broken"),
        ((*FREE, Failed(ModelError("no"))), "listening"),
        ((*FREE, Stopped()), "listening"),
    ],
)
def test_phase(events: tuple[Event, ...], phase: Phase) -> None:
    assert told(*events).phase == phase


def test_words_come_one_by_one_and_the_whole_turn_at_its_end() -> None:
    talk = told(*FREE, Hearing(1), Heard(1, " good"), Heard(1, " morning"))
    assert talk.turns[0].heard == " good morning"
    talk = after(talk, Heard(1, "Good morning.", final=True))
    talk = after(after(talk, Speaking(1, " to")), Speaking(1, " you"))
    assert talk.turns == (Turn(1, "Good morning.", " to you", answering=True),)
    talk = after(talk, Finished(1, "Good morning.", "to you", 120.0, 1.5, True))
    assert talk.turns[0].interrupted and talk.turns[0].finished and talk.turns[0].reply == "to you"


def test_a_new_talk_counts_its_turns_from_one_again() -> None:
    one = (Hearing(1), Heard(1, "one", final=True), Finished(1, "one", "first", 1, 1, False))
    again = (ModeChanged("hold"), Hearing(1), Heard(1, "two", final=True))
    assert [turn.heard for turn in told(*FREE, *one, *again).turns] == ["one", "two"]


def test_a_talk_that_ends_leaves_no_turn_open() -> None:
    talk = told(*FREE, Hearing(1), Heard(1, "half"), Thinking(1), ModeChanged("idle"))
    assert talk.turns[0].finished and talk.turns[0].interrupted
    assert told(*FREE, Hearing(1), ModeChanged("idle")).turns == ()


def test_untouched_turns_stay_the_same_objects() -> None:
    before = told(*FREE, Hearing(1), Finished(1, "a", "b", 1, 1, False), Hearing(2))
    changed = after(before, Heard(2, "c"))
    assert changed.turns[0] is before.turns[0]
    assert changed.turns[1] is not before.turns[1]


def test_trouble_has_one_remedy() -> None:
    lost = told(*FREE, DeviceLost("microphone", "mic", "Plug it in."))
    assert lost.trouble is not None and lost.trouble.hint and lost.trouble.remedy == "devices"
    assert after(lost, DeviceBack("microphone", "mic")).trouble is None
    for event, remedy in (
        (Failed(DeviceError("busy")), "devices"),
        (Failed(ModelError("cut")), "dismiss"),
        (Failed(ModelError("cut"), fatal=True), "restart"),
        (NotSaved(StorageError("full")), "dismiss"),
    ):
        talk = told(*FREE, event)
        assert talk.trouble is not None and talk.trouble.remedy == remedy


def test_other_trouble_outlives_a_device_that_comes_back() -> None:
    talk = told(*FREE, NotSaved(StorageError("The disk is full.")), DeviceBack("speaker", "phones"))
    assert talk.trouble is not None and talk.trouble.message == "The disk is full."


def test_without_a_model_there_is_a_mirror() -> None:
    assert told(Ready("codec", None, 0.1)).lacks_model
    # a codec tried in the mirror does not make one forget that there is a model
    talk = told(READY, ModeChanged("mirror"), Ready("other", None, 0.1), Mirrored(1, 2, 3))
    assert not talk.lacks_model and talk.home == READY and talk.mirrored == Mirrored(1, 2, 3)
    assert after(talk, ModeChanged("hold")).mirrored is None


@pytest.mark.parametrize("kind", get_args(TroubleKind))
def test_what_is_wrong_with_the_microphone_is_told(kind: TroubleKind) -> None:
    trouble = after(Talk(), MicrophoneTrouble(kind, "As core says it.", "And why.")).trouble
    assert trouble is not None and trouble.remedy == "devices"
    assert trouble.message.endswith(".") and trouble.hint.endswith(".")


def test_who_is_heard_after_all_has_refuted_a_silent_microphone() -> None:
    silent = after(told(*FREE), MicrophoneTrouble("silent", "", ""))
    assert after(silent, Hearing(1)).trouble is None
    clipping = after(told(*FREE), MicrophoneTrouble("clipping", "", ""))
    assert after(clipping, Hearing(1)).trouble is not None


def test_a_device_that_was_never_there_has_no_name() -> None:
    lost = told(*FREE, DeviceLost("speaker", "No speaker was found.", "Connect one.")).trouble
    assert lost == Trouble("No speaker was found.", "Connect one.", "devices")
    gone = told(*FREE, DeviceLost("speaker", "phones", "")).trouble
    assert gone is not None and gone.message == "phones is gone."


ANSWERED = (*FREE, Hearing(1), Heard(1, "a", final=True), Thinking(1), Speaking(1, "b"))


def test_a_nod_into_an_answer_leaves_no_turn() -> None:
    speaking = told(*ANSWERED)
    softly = after(speaking, Ducked(1, "quiet"))
    assert softly.softly and softly.phase == "speaking"
    nodding = told(*ANSWERED, Ducked(1, "quiet"), Hearing(2), Ducked(1, "stopped"), Heard(2, "mm"))
    assert nodding.phase == "hearing" and not nodding.softly and len(nodding.turns) == 2
    assert after(nodding, Ducked(1, "resumed")) == speaking


def test_a_button_that_was_only_touched_leaves_no_turn() -> None:
    assert told(*FREE, Hearing(1), Listening()).turns == ()


def test_what_rings_was_not_asked_for() -> None:
    (turn,) = told(
        *FREE, Ringing(1, "timer"), Speaking(1, "Tea."), Finished(1, "", "Tea.", 1, 1, False)
    ).turns
    assert turn.rang == "timer" and turn.finished and turn.reply == "Tea."


def test_what_is_not_shown_changes_nothing() -> None:
    talk = Talk()
    assert after(talk, VolumeChanged(0.5)) is talk


def test_what_is_left_out_holds_until_it_is_taken_up_again() -> None:
    assert told(*FREE, Relieved(2, "")).relief == 2
    assert told(*FREE, Relieved(2, ""), ModeChanged("hold"), Relieved(1, ""), Hearing(1)).relief == 1
    assert told(*FREE, Relieved(2, ""), Relieved(0, "")).relief == 0
