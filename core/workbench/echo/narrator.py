"""Narrator: a codec and a speech model that read out a given sound: a whole talk, held in a scene."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.echo import EchoConfig
from core.audio.endpoint import Endpointer
from core.cast import Cast
from core.codecs.base import Codec, CodecSpec, Codes, Encoder
from core.events import DeviceKind, Event
from core.line import Line
from core.s2s.base import Listener, Reply, SpeechSpec, Spoken, TurnModel, Voice
from core.talks.turns import TurnTalk
from core.workbench.echo.scene import Scene

_SPEAKER = "narrator"


class Narration:
    """A sound in numbered frames: as a codec, the number of a frame is its code."""

    def __init__(self, sound: Pcm, format: AudioFormat, hears: Codec | None = None) -> None:
        """With `hears` what is said to it is encoded by that codec."""
        self._hears = hears
        count = -(-len(sound) // format.frame_size)
        self.frames = np.pad(sound, (0, count * format.frame_size - len(sound))).reshape(count, -1)
        self.spec = CodecSpec(format=format, codebook_sizes=(max(2, count),))

    def encoder(self) -> Encoder:
        return self._hears.encoder() if self._hears else self

    def decoder(self) -> _Reading:
        return _Reading(self.frames)

    def push(self, pcm: Pcm) -> Codes:
        return np.zeros((1, len(pcm) // self.spec.format.frame_size), np.int64)


class _Reading:
    """The frames of a narration, by their numbers."""

    def __init__(self, frames: np.ndarray) -> None:
        self._frames = frames

    def push(self, codes: Codes) -> Pcm:
        return np.asarray(self._frames[codes[0]].ravel(), np.float32)


class Narrator:
    """A turn model that answers every turn with the whole narration; without another's ears it is deaf."""

    def __init__(self, narration: Narration, ears: TurnModel | None = None) -> None:
        self._ears = ears
        rate = narration.spec.frame_rate
        self._count = len(narration.frames)
        self.spec = SpeechSpec(
            codec=_SPEAKER,
            codebook_sizes=narration.spec.codebook_sizes,
            frame_rate=rate,
            speakers=(_SPEAKER,),
            max_seconds=self._count / rate,
        )

    def listen(self) -> Listener:
        return self._ears.listen() if self._ears else _Deaf()

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        return _Reply(self._count)

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        return _Reply(self._count)


class _Deaf:
    """A listener that finds no words."""

    def push(self, codes: Codes) -> str:
        return ""


class _Reply:
    """The narration, frame by frame."""

    def __init__(self, count: int) -> None:
        self._numbers = iter(range(count))

    def __iter__(self) -> _Reply:
        return self

    def __next__(self) -> Spoken:
        number = next(self._numbers)
        return Spoken(np.array([[number]], np.int64), "" if number else _SPEAKER)

    def set_voice(self, voice: Voice) -> None:
        """A narration has its voice."""

    def close(self) -> None:
        self._numbers = iter(())


@dataclass(frozen=True)
class Happened:
    """An event, and when it was by the clock of the scene."""

    at: float
    event: Event


@dataclass
class Held:
    """A talk that was held in a scene."""

    events: list[Happened] = field(default_factory=list)
    heard: list[Pcm] = field(default_factory=list, repr=False)
    faithful: list[Pcm] = field(default_factory=list, repr=False)
    line: Line | None = None

    def times(self, kind: type[Event], how: str = "") -> list[float]:
        """When this happened."""
        return [
            row.at
            for row in self.events
            if isinstance(row.event, kind) and (not how or getattr(row.event, "how", "") == how)
        ]


class _SceneDevices:
    """The devices of a scene, as the line wants them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def microphone(self, format: AudioFormat, name: str | None) -> object:
        return self._scene.microphone

    def speaker(self, format: AudioFormat, name: str | None) -> object:
        return self._scene.speaker

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return "scene"

    def changed(self) -> bool:
        return False


def hold_talk(
    scene: Scene,
    narration: Pcm,
    *,
    begin: bool = True,
    echo: EchoConfig | None = None,
    pause: float = 0.8,
    hearing: Cast | None = None,
) -> Held:
    """A whole talk in a scene: line, canceller, detector, turns. With `begin` the narrator speaks at once.

    With `hearing` its words are heard by the ears of that cast.
    """
    held = Held()

    def emit(event: Event) -> None:
        held.events.append(Happened(scene.seconds, event))

    read = Narration(narration, scene.format, hearing.codec if hearing else None)
    line = Line(
        _SceneDevices(scene),  # type: ignore[arg-type]
        scene.format,
        None,
        None,
        emit,
        echo=echo or EchoConfig(),
    )
    held.line = line
    detector = Endpointer(scene.format.sample_rate, pause)
    talk = TurnTalk(
        read,
        Narrator(read, hearing.turn_model if hearing else None),
        detector,
        Voice(_SPEAKER),
        emit=emit,
        keep=lambda turn: None,
        seed=1,
        ears=line,
    )
    with line:
        if begin:
            talk.hold(True)
            talk.hear(np.zeros(scene.format.frame_size, np.float32))
            talk.hold(False)
        while not line.exhausted:
            frame = line.read()
            if len(frame):
                held.heard.append(frame)
                held.faithful.append(line.faithful)
                talk.hear(frame)
            talk.speak(line)
    return held
