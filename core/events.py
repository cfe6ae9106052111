"""What the engine says: few, ordered, none lost. Plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.errors import PalukuError

Mode = Literal["idle", "hold", "hands_free", "duplex", "mirror"]
Interruption = Literal["voice", "headphones", "never"]
DeviceKind = Literal["microphone", "speaker"]


@dataclass(frozen=True, slots=True)
class Loading:
    """Something is being read from disk; fraction is None while unknown."""

    what: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Models are loaded. `model` is None where only a codec is at hand (mirror works, talk does not)."""

    codec: str
    model: str | None
    seconds: float
    speakers: tuple[str, ...] = ()
    emotions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """The engine now does this."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class Opened:
    """The sound devices are open, under these names."""

    microphone: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Listening:
    """Nobody speaks; a turn may begin."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """The user began to speak: turn number `turn` is being heard."""

    turn: int


@dataclass(frozen=True, slots=True)
class Heard:
    """More words of the user became clear (or, with final, the turn ended; text is then the whole turn)."""

    turn: int
    text: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Thinking:
    """The user's turn ended; the reply has not begun to sound."""

    turn: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """More words of the reply began to sound."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply ended or was stopped. Times are computing times, in milliseconds and seconds of sound."""

    turn: int
    heard: str
    reply: str
    first_sound_ms: float
    seconds: float
    interrupted: bool
    language: str = "auto"
    """The language of the reply, where it is known."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A timer, an alarm or a reminder came due: turn number `turn` says so, though nobody asked."""

    turn: int
    kind: str
    """timer, alarm or reminder."""


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """The user asked in the talk for another voice, mood, language or pace; it is in use from now on."""

    speaker: str
    emotion: str
    language: str
    pace: float


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    """The user asked in the talk for louder or softer answers: 0.1 (a whisper) to 1 (all there is)."""

    volume: float


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The mouth-to-ear delay of mirror mode, by the parts that make it (milliseconds)."""

    capture_ms: float
    codec_ms: float
    playback_ms: float

    @property
    def total_ms(self) -> float:
        return self.capture_ms + self.codec_ms + self.playback_ms


@dataclass(frozen=True, slots=True)
class Interlude:
    """Between two talks a sound is recorded or played; None: it is over."""

    doing: Literal["recording", "playing"] | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A moment of the microphone lies in a sound file now."""

    path: str


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device vanished in use. The engine keeps the talk and waits for it, or for another."""

    kind: DeviceKind
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """A lost device (or the one that replaces it) is open."""

    kind: DeviceKind
    name: str


@dataclass(frozen=True, slots=True)
class Ducked:
    """Somebody may be speaking over the reply: it is made quiet, or stopped; or it goes on as before."""

    turn: int
    how: Literal["quiet", "stopped", "resumed"]


@dataclass(frozen=True, slots=True)
class MicrophoneTrouble:
    """What is wrong with the sound of the microphone, and what to do about it."""

    kind: Literal["silent", "clipping", "too_quiet", "hands_free"]
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Relieved:
    """Frames came late, and something is left out from now on; or taken up again (step 0: all of it)."""

    step: int
    left_out: str


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A turn could not be written to disk; it is kept in memory and tried again with the next one."""

    error: PalukuError


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine could not do what was asked. `fatal` says that it has ended."""

    error: PalukuError
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """The engine thread has ended, as asked."""


Event = (
    Loading
    | Ready
    | ModeChanged
    | Opened
    | Listening
    | Hearing
    | Heard
    | Thinking
    | Speaking
    | Finished
    | Ringing
    | VoiceChanged
    | VolumeChanged
    | Mirrored
    | Interlude
    | Recorded
    | DeviceLost
    | DeviceBack
    | Ducked
    | MicrophoneTrouble
    | Relieved
    | NotSaved
    | Failed
    | Stopped
)
