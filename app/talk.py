"""Talk: what the window shows of a talk, as one frozen value, and how each event of the engine changes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from app.trouble import Trouble, of_error, of_lost, of_microphone
from core.events import (
    DeviceBack,
    DeviceLost,
    Ducked,
    Event,
    Failed,
    Finished,
    Heard,
    Hearing,
    Interlude,
    Listening,
    Loading,
    MicrophoneTrouble,
    Mirrored,
    Mode,
    ModeChanged,
    NotSaved,
    Opened,
    Ready,
    Relieved,
    Ringing,
    Speaking,
    Thinking,
)

Phase = Literal[
    "loading", "idle", "listening", "hearing", "thinking", "speaking", "muted", "offline", "broken"
]
Activity = Literal["listening", "hearing", "thinking", "speaking"]
Device = Literal["microphone", "speaker"]
Side = Literal["heard", "reply"]  # of a turn: the user's, and the answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: what the user said, and the answer, as far as both are known."""

    number: int
    heard: str = ""
    reply: str = ""
    answering: bool = False
    finished: bool = False
    interrupted: bool = False
    rang: str = ""
    """What came due, where nobody asked: timer, alarm or reminder."""
    seconds: float = 0.0
    first_sound_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything the conversation page shows, except sound and pictures of sound."""

    mode: Mode = "idle"
    activity: Activity = "listening"
    loading: Loading | None = field(default_factory=lambda: Loading(""))
    ready: Ready | None = None
    home: Ready | None = None
    """The last models that could talk; a codec tried in the mirror need not be among them."""
    microphone: str | None = None
    speaker: str | None = None
    missing: frozenset[Device] = frozenset()
    muted_from: Mode | None = None
    mirrored: Mirrored | None = None
    softly: bool = False
    """The answer is made quiet, for somebody may be speaking."""
    relief: int = 0
    """How much the engine leaves out because the computer has too much to do; 0: nothing."""
    interlude: Literal["recording", "playing"] | None = None
    """A sound between two talks: a test of the devices, or a saved turn."""
    turns: tuple[Turn, ...] = ()
    trouble: Trouble | None = None
    broken: bool = False

    @property
    def phase(self) -> Phase:
        """The one state that the talk control shows."""
        if self.broken:
            return "broken"
        if self.loading is not None:
            return "loading"
        if self.lacks_microphone:
            return "offline"
        if self.muted:
            return "muted"
        if self.mode == "idle" or (self.mode == "hold" and self.activity == "listening"):
            return "idle"
        return self.activity

    @property
    def muted(self) -> bool:
        return self.muted_from is not None

    @property
    def shown_mode(self) -> Mode:
        """The mode that holds, or will hold again once the microphone is no longer muted."""
        return self.muted_from or self.mode

    @property
    def lacks_microphone(self) -> bool:
        return "microphone" in self.missing

    @property
    def lacks_speaker(self) -> bool:
        return "speaker" in self.missing

    @property
    def lacks_model(self) -> bool:
        """Only a codec is at hand: the mirror works, a talk does not."""
        return self.ready is not None and self.home is None


def after(talk: Talk, event: Event) -> Talk:
    """The talk as it is once this has happened."""
    match event:
        case Loading():
            return replace(talk, loading=event)
        case Ready():
            home = event if event.model is not None else talk.home
            return replace(talk, loading=None, ready=event, home=home, broken=False)
        case ModeChanged(mode):
            turns = tuple(
                _ended(turn) for turn in talk.turns if turn.finished or turn.heard or turn.answering
            )
            return replace(talk, mode=mode, activity="listening", mirrored=None, turns=turns)
        case Opened(microphone, speaker):
            names: dict[Device, str | None] = {"microphone": microphone, "speaker": speaker}
            missing = frozenset(kind for kind, name in names.items() if name is None)
            return replace(talk, microphone=microphone, speaker=speaker, missing=missing)
        case DeviceLost() | DeviceBack():
            return _after_device(talk, event)
        case Interlude(doing):
            return replace(talk, interlude=doing)
        case Mirrored():
            return replace(talk, mirrored=event)
        case Relieved(step):
            return replace(talk, relief=step)
        case MicrophoneTrouble():
            return replace(talk, trouble=of_microphone(event))
        case NotSaved(error):
            return replace(talk, trouble=of_error(error))
        case Failed(error, fatal):
            loading = None if fatal else talk.loading
            return replace(talk, trouble=of_error(error, fatal), broken=fatal, loading=loading)
        case Ducked():
            return _after_ducking(talk, event)
        case Ringing(number, kind):
            return _with_turn(talk, replace(_turn(talk, number), rang=kind), talk.activity)
        case Listening() | Hearing() | Heard() | Thinking() | Speaking() | Finished():
            return _after_words(talk, event)
        case _:
            return talk  # it changes nothing that is shown here


def _after_words(talk: Talk, event: Listening | Hearing | Heard | Thinking | Speaking | Finished) -> Talk:
    match event:
        case Listening():
            return replace(_without_unanswered(talk), activity="listening", softly=False)
        case Hearing(number):
            trouble = None if talk.trouble is not None and talk.trouble.unheard else talk.trouble
            return _with_turn(replace(talk, trouble=trouble), _turn(talk, number), "hearing")
        case Heard(number, text, final):
            turn = _turn(talk, number)
            # words come one by one; the last event of a turn holds all of them
            return _with_turn(talk, replace(turn, heard=text if final else turn.heard + text), talk.activity)
        case Thinking(number):
            return _with_turn(talk, replace(_turn(talk, number), answering=True), "thinking")
        case Speaking(number, text):
            turn = _turn(talk, number)
            return _with_turn(talk, replace(turn, answering=True, reply=turn.reply + text), "speaking")
        case Finished():
            turn = replace(
                _turn(talk, event.turn),
                heard=event.heard,
                reply=event.reply,
                answering=True,
                finished=True,
                interrupted=event.interrupted,
                seconds=event.seconds,
                first_sound_ms=event.first_sound_ms,
            )
            return _with_turn(replace(talk, softly=False), turn, "listening")


def _after_ducking(talk: Talk, event: Ducked) -> Talk:
    """The answer goes softly, or waits; or goes on, for what was heard over it was no turn."""
    if event.how != "resumed":
        return replace(talk, softly=event.how == "quiet")
    return replace(_without_unanswered(talk), activity="speaking", softly=False)


def _without_unanswered(talk: Talk) -> Talk:
    """The talk without a turn that was begun and came to nothing: a cough, or a button that was touched."""
    turns = tuple(turn for turn in talk.turns if turn.finished or turn.answering or turn.rang)
    return talk if len(turns) == len(talk.turns) else replace(talk, turns=turns)


def _after_device(talk: Talk, event: DeviceLost | DeviceBack) -> Talk:
    lost = isinstance(event, DeviceLost)
    name = None if lost else event.name
    missing = talk.missing | {event.kind} if lost else talk.missing - {event.kind}
    if event.kind == "microphone":
        talk = replace(talk, microphone=name, missing=missing)
    else:
        talk = replace(talk, speaker=name, missing=missing)
    if isinstance(event, DeviceLost):
        return replace(talk, trouble=of_lost(event))
    of_devices = talk.trouble is not None and talk.trouble.remedy == "devices"
    return replace(talk, trouble=None) if of_devices else talk


def _ended(turn: Turn) -> Turn:
    """A turn that the end of its talk cut short; one that was finished stays the very same object."""
    return turn if turn.finished else replace(turn, finished=True, interrupted=turn.answering)


def _turn(talk: Talk, number: int) -> Turn:
    """The turn of this number that still goes on: each talk of the engine counts from one again."""
    going_on = (turn for turn in reversed(talk.turns) if turn.number == number and not turn.finished)
    return next(going_on, Turn(number))


def _with_turn(talk: Talk, turn: Turn, activity: Activity) -> Talk:
    """The talk with this turn in its place; every other turn stays the very same object."""
    turns = list(talk.turns)
    for place in range(len(turns) - 1, -1, -1):
        if turns[place].number == turn.number and not turns[place].finished:
            turns[place] = turn
            break
    else:
        turns.append(turn)
    return replace(talk, turns=tuple(turns), activity=activity)
