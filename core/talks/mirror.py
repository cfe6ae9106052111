"""Mirror: hear yourself through a codec, or straight through, with the delay measured."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.audio.base import AudioFormat, AudioSink, Pcm
from core.codecs.base import Codec
from core.events import Mirrored
from core.s2s.base import Voice
from core.talks.base import Emit

REPORT_SECONDS = 0.5
STRAIGHT = "straight"
STRAIGHT_FORMAT = AudioFormat(24_000, 480)  # 20 ms frames where no codec sets them


class Mirror:
    """What the microphone hears, played back at once; through `codec` unless it is None."""

    def __init__(
        self,
        codec: Codec | None,
        format: AudioFormat,
        *,
        emit: Emit,
        capture_seconds: Callable[[], float],
    ) -> None:
        self._encoder = codec.encoder() if codec else None
        self._decoder = codec.decoder() if codec else None
        self._format = format
        self._emit = emit
        self._capture_seconds = capture_seconds
        self._codebooks: int | None = None
        self._waiting: list[Pcm] = []
        self._codec_seconds = 0.0
        self._frames = 0
        self._report_every = max(1, round(REPORT_SECONDS * format.frame_rate))
        self._dropping = False

    @property
    def busy(self) -> bool:
        return False

    def hear(self, pcm: Pcm) -> None:
        started = time.perf_counter()
        if self._encoder and self._decoder:
            pcm = self._decoder.push(self._encoder.push(pcm)[: self._codebooks])
        # A slow average: the delay shown should not dance.
        self._codec_seconds += 0.1 * (time.perf_counter() - started - self._codec_seconds)
        self._waiting.append(pcm)
        self._frames += 1

    def speak(self, sink: AudioSink) -> None:
        if self._dropping:
            sink.drop()
            self._waiting.clear()
            self._dropping = False
        ahead = sink.pending()  # what the next sound has to wait for
        for pcm in self._waiting:
            # A full sink means that the two clocks drifted apart: a frame less keeps the delay bounded.
            if sink.has_room():
                sink.write(pcm)
        self._waiting.clear()
        if self._frames >= self._report_every:
            self._frames = 0
            capture = self._capture_seconds() + self._format.frame_seconds
            playback = sink.latency_seconds + ahead / self._format.sample_rate
            self._emit(Mirrored(capture * 1e3, self._codec_seconds * 1e3, playback * 1e3))

    def hold(self, down: bool) -> None:
        """A mirror shows what is there; no button is needed."""

    def interrupt(self) -> None:
        self._dropping = True

    def set_voice(self, voice: Voice) -> None:
        """A mirror has the voice of whoever stands before it."""

    def set_codebooks(self, count: int | None) -> None:
        self._codebooks = count

    def set_pause(self, seconds: float) -> None:
        """A mirror has no turns."""

    def set_barge_in(self, by_voice: bool) -> None:
        """A mirror has no answers."""

    def close(self) -> None:
        """Nothing was begun that needs an end."""
