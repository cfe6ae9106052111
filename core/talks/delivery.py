"""Delivery: how replies reach the speaker, how loud they are, and what is taken back."""

from __future__ import annotations

from core.audio.base import AudioSink, Scalable
from core.events import Ducked
from core.talks.base import FRAMES_AHEAD, Emit
from core.talks.floor import DUCKED, Floor
from core.talks.share import Share
from core.talks.turn_reply import TurnReply

_LOW_SECONDS = 0.1  # with less than that waiting a slow-down tears it: frames are made, however late


class Delivery:
    """The way of replies into a sink, at the loudness that the floor allows."""

    def __init__(self, sample_rate: int, emit: Emit) -> None:
        self._rate = sample_rate
        self._emit = emit
        self._dropping = False
        self._gain = 1.0
        self.sounding = False
        """Whether something still waits to be heard."""

    def drop(self) -> None:
        """What waits in the sink is taken back, next time."""
        self._dropping = True

    def settle(
        self, sink: AudioSink, reply: TurnReply | None, stopped: TurnReply | None, floor: Floor
    ) -> None:
        """Take back what is not to be heard, or make it as loud as it may be."""
        if not self._dropping:
            if reply:
                self._soften(reply, sink, floor)
            return
        silenced = reply or stopped
        if silenced and silenced.silenced:
            heard = silenced.sound.heard(sink) if floor.quiet_from is None else floor.quiet_from
            silenced.sound.again_from(heard)
            silenced.silenced = False
        sink.drop()
        self._dropping, self._gain = False, 1.0
        floor.quiet, floor.quiet_from = False, None

    def fill(self, sink: AudioSink, reply: TurnReply, codebooks: int | None, share: Share) -> bool:
        """Write what there is time and room for; True once the reply has ended."""
        if not reply.ready(share):
            return False
        for made in range(FRAMES_AHEAD):
            if not sink.has_room() or (made and not share.left and self._seconds(sink) >= _LOW_SECONDS):
                break
            pcm = reply.sound.next_again()
            if pcm is None:
                pcm = reply.next_frame(codebooks, self._seconds(sink))
            if pcm is None:
                return True
            reply.sound.write(pcm, sink, self._gain)
        return False

    def _seconds(self, sink: AudioSink) -> float:
        return sink.pending() / self._rate

    def _soften(self, reply: TurnReply, sink: AudioSink, floor: Floor) -> None:
        """Make the reply as loud as the floor wants it, with what already waits in the sink."""
        gain = DUCKED if floor.quiet else 1.0
        if gain != self._gain:
            if floor.quiet:
                floor.quiet_from = reply.sound.heard(sink)
            if isinstance(sink, Scalable):
                sink.scale(gain / self._gain)
            self._gain = gain
            self._emit(Ducked(reply.number, "quiet" if floor.quiet else "resumed"))
