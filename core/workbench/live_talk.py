"""A talk in real time without a sound card: a clock plays the person's turns and hears the replies."""

from __future__ import annotations

import time
from itertools import cycle
from typing import Self

import numpy as np

from core.audio.base import AudioFormat, AudioSink, AudioSource, Pcm
from core.audio.endpoint import Endpointer, TurnDetector
from core.audio.speaker import LEAD_SECONDS
from core.cards import Registry
from core.cast import Cast
from core.codecs.base import Codec
from core.errors import PalukuError
from core.events import DeviceKind
from core.history import Turn
from core.loading import InstalledModels
from core.s2s.base import DuplexModel, SpeechModel, Voice

TURNS = ("what time is it", "tell me a riddle", "how are you", "what is twelve times seven", "thank you")
EVERY_SECONDS = 8.0  # a turn, and the time in which it is answered
_LOOP_SECONDS = 4.0
_GAP_SECONDS = 0.6  # a shorter silence within a reply was not meant
_LATE_SECONDS = 0.5  # of sound that waits to be read, and some is lost in a real microphone


class ClockSource(AudioSource):
    """A microphone before which a person says the same turns again and again."""

    latency_seconds = 0.0

    def __init__(self, format: AudioFormat, turns: list[Pcm]) -> None:
        self._format = format
        self._turns = cycle(turns)
        self._coming = np.zeros(format.sample_rate, np.float32)
        self._begun = time.monotonic()
        self._frames = 0
        self.overruns = 0

    @property
    def format(self) -> AudioFormat:
        return self._format

    def __enter__(self) -> Self:
        self._begun, self._frames = time.monotonic(), 0
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def read(self) -> Pcm:
        size = self._format.frame_size
        if len(self._coming) < size:
            silence = np.zeros(round(EVERY_SECONDS * self._format.sample_rate), np.float32)
            turn = next(self._turns)
            silence[: len(turn)] = turn[: len(silence)]
            self._coming = np.concatenate((self._coming, silence))
        self._frames += 1
        early = self._begun + self._frames * self._format.frame_seconds - time.monotonic()
        self.overruns += early < -_LATE_SECONDS
        time.sleep(max(0.0, early))
        frame, self._coming = self._coming[:size], self._coming[size:]
        return frame

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since


class ClockSink(AudioSink):
    """A speaker that nobody hears, but that is never waited for: what comes late is a gap."""

    latency_seconds = 0.0

    def __init__(self, format: AudioFormat) -> None:
        self._format = format
        self._loop = np.zeros(round(_LOOP_SECONDS * format.sample_rate), np.float32)
        self._begun = time.monotonic()
        self._silenced = 0
        self._end = 0  # position behind the last sample written
        self.underruns = 0

    @property
    def format(self) -> AudioFormat:
        return self._format

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def position(self) -> int:
        return int((time.monotonic() - self._begun) * self._format.sample_rate)

    def reference(self, start: int, count: int) -> Pcm:
        places = np.arange(start, start + count)
        known = (places >= 0) & (places > self._end - len(self._loop)) & (places < self._end)
        found: Pcm = np.where(known, self._loop[places % len(self._loop)], 0).astype(np.float32)
        return found

    def has_room(self) -> bool:
        lead = LEAD_SECONDS + self._format.frame_seconds
        return self.pending() <= lead * self._format.sample_rate

    def write(self, pcm: Pcm) -> None:
        now, rate = self.position(), self._format.sample_rate
        if self._end < now:
            self.underruns += 0 < now - self._end < _GAP_SECONDS * rate and self._end > 0
            silent = np.arange(self._end, now + round(LEAD_SECONDS * rate))
            self._loop[silent[-len(self._loop) :] % len(self._loop)] = 0
            self._end = now + round(LEAD_SECONDS * rate)
        self._loop[np.arange(self._end, self._end + len(pcm)) % len(self._loop)] = pcm
        self._end += len(pcm)

    def drop(self) -> None:
        self._end = min(self._end, self.position())

    def pending(self) -> int:
        return max(0, self._end - self.position())

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since


class ClockWorld(InstalledModels):
    """The installed models, and a person who talks with them; nothing is kept."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry, seed=1)
        self.source: ClockSource | None = None
        self.sink: ClockSink | None = None
        self._turns: list[Pcm] = []

    def prepare(self, codec: Codec, model: SpeechModel) -> None:
        """Let the model say the turns that it will hear."""
        if isinstance(model, DuplexModel):
            raise PalukuError("This model talks while it listens.", "Measure it with: paluku bench speech")
        languages = model.spec.languages
        voice = Voice(
            model.spec.speakers[-1], model.spec.emotions[0], "en" if "en" in languages else languages[0]
        )
        for words in TURNS:
            decoder = codec.decoder()
            frames = [
                decoder.push(spoken.codes) for spoken in model.say(words, model.listen(), voice, seed=1)
            ]
            self._turns.append(np.concatenate(frames))

    def microphone(self, format: AudioFormat, name: str | None) -> ClockSource:
        self.source = ClockSource(format, self._turns)
        return self.source

    def speaker(self, format: AudioFormat, name: str | None) -> ClockSink:
        self.sink = ClockSink(format)
        return self.sink

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return "clock"

    def changed(self) -> bool:
        return False

    def set_wide(self, wide: bool) -> None:
        """What nobody hears needs no upper band."""

    def detector(self, sample_rate: int, pause_seconds: float) -> TurnDetector:
        return Endpointer(sample_rate, pause_seconds)

    def keep(self, cast: Cast, turn: Turn) -> None:
        """Nothing is kept."""

    def next_text(self) -> str | None:
        return None

    def new_conversation(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open."""
