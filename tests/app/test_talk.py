"""What the window shows follows from what the engine says, and from nothing else."""

from __future__ import annotations

import pytest

from app.talk import Phase, Talk, Trouble, Turn, after
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
    assert lost.trouble is not None and (lost.trouble.hint, lost.trouble.remedy) == ("Plug it in.", "devices")
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


def test_what_is_wrong_with_the_microphone_is_told() -> None:
    talk = after(Talk(), MicrophoneTrouble("clipping", "You are too loud.", "Move away a little."))
    assert talk.trouble == Trouble("You are too loud.", "Move away a little.", "devices")


def test_what_is_not_shown_changes_nothing() -> None:
    talk = Talk()
    assert after(talk, Ducked(1, "quiet")) is talk
    assert after(talk, VolumeChanged(0.5)) is talk
