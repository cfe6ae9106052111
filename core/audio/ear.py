"""Ear: the microphone's sound without the speaker's, and how surely somebody speaks over it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.audio.base import Pcm
from core.audio.echo import EchoCanceller, EchoConfig
from core.audio.echo_delay import EchoDelay
from core.audio.evidence import Evidence, NearEnd
from core.audio.far_end import FarEnd, Played
from core.audio.latest import Latest
from core.audio.room_filter import RoomFilter

HOP_SECONDS = 0.02
_FADE_SECONDS = 0.35  # that the speaker may be heard after it fell silent
_SILENCE = 1e-9  # mean square
_UNSURE_SECONDS = 2.0  # of the speaker's sound without an echo that is found: then there is none
_CLEAR, _FAINT = 1e-4, 1e-6  # mean square: the speaker is plainly heard, and the microphone hears nothing,
_TELLING = 3  # which says so many times as much
_ASTRAY_SECONDS = 1.2  # of the same in which an echo that was found elsewhere is not found there again
_GONE_SECONDS = 6.0  # of the same after what is played slipped, and there is no echo any more
_LATE_SECONDS = 0.12  # of an echo behind its reference, and our filter's tail becomes short
_AIM_SECONDS = 0.016  # then it is lined up so that the echo comes so long after
_LONGEST_SHIFT_SECONDS = 0.5
_VOICE_SECONDS = 0.04  # of a plain voice, from which on it counts more than the last of the echo


class Ear:
    """Two cancellers in one: WebRTC's takes all echo and some of a voice, our filter leaves the voice.

    While only the speaker sounds, the first is heard; while somebody speaks over it, the second; while
    the speaker is silent, the microphone as it is.
    """

    def __init__(self, sample_rate: int, played: Played, config: EchoConfig | None = None) -> None:
        self.config = config or EchoConfig()
        self._rate = sample_rate
        self._hop = round(HOP_SECONDS * sample_rate)
        self._far_end = FarEnd(sample_rate, played)
        self._delay = EchoDelay(sample_rate)
        self._begin()
        wanted = self.config.suppress_noise or self.config.control_gain
        self._polish = EchoCanceller(sample_rate, replace(self.config, cancel_echo=False)) if wanted else None
        self._near: Pcm = np.zeros(0, np.float32)
        self._ready: Pcm = np.zeros(0, np.float32)
        self._ready_faithful: Pcm = np.zeros(0, np.float32)
        self._late: Pcm = np.zeros(round(self._canceller.delay_seconds * sample_rate), np.float32)
        self._held = Latest(round(_LONGEST_SHIFT_SECONDS * sample_rate) + self._hop)
        self._share = 1.0  # of our own filter in what is heard
        self._quiet = _FADE_SECONDS
        self._astray = 0.0
        self._place = 0.0  # of the echo behind the speaker's sound, in samples, as it was last found
        self._blind = False  # whether the device says nothing of what it plays
        self.faithful: Pcm = np.zeros(0, np.float32)
        """The latest sound by our own filter, which takes nothing from a voice."""

    @property
    def near_end(self) -> NearEnd:
        return self._evidence.now

    @property
    def drift(self) -> float:
        return self._far_end.drift

    @property
    def moves(self) -> int:
        """How often the echo was found to come another way."""
        return self._far_end.moves + self._far_end.jumps

    @property
    def delay_seconds(self) -> float:
        """What listening this way adds, without the wait for a whole hop."""
        return self._canceller.delay_seconds + (self._polish.delay_seconds if self._polish else 0.0)

    def push(self, near: Pcm) -> Pcm:
        """The next sound of the microphone, cleaned; of the same length, once the first hop is whole."""
        self._near = np.concatenate((self._near, near))
        if len(near) % self._hop and len(self._ready) == 0:
            missing = np.zeros(self._hop, np.float32)  # frames that are no hops wait for one
            self._ready = self._ready_faithful = missing
        while len(self._near) >= self._hop:
            hop, self._near = self._near[: self._hop], self._near[self._hop :]
            heard, faithful = self._clean(hop)
            self._ready = np.concatenate((self._ready, heard))
            self._ready_faithful = np.concatenate((self._ready_faithful, faithful))
        out, self._ready = self._ready[: len(near)], self._ready[len(near) :]
        self.faithful, self._ready_faithful = (
            self._ready_faithful[: len(near)],
            self._ready_faithful[len(near) :],
        )
        return out

    def _weight(self, near: Pcm, far: Pcm) -> int:
        """How much a hop without an echo that is found says that there is none."""
        far_power, near_power = (float(np.mean(np.square(sound))) for sound in (far, near))
        if far_power < _SILENCE:
            return 0
        return _TELLING if far_power > _CLEAR and near_power < _FAINT else 1

    def _begin(self) -> None:
        """The echo comes another way: what was learned of the old one is in the way."""
        self._canceller = EchoCanceller(
            self._rate, replace(self.config, suppress_noise=False, control_gain=False), blocks_only=True
        )
        self._shift = 0
        self._learn_anew()

    def _learn_anew(self) -> None:
        self._filter = RoomFilter(self._rate, self._hop)
        self._evidence = Evidence(self._rate, self._hop)
        self._unsure = _UNSURE_SECONDS

    def _line_up(self, delay: float) -> None:
        """The echo was found: WebRTC's canceller finds it by itself where it can, our filter is shorter."""
        self._place = delay
        moves, jumps = self._far_end.moves, self._far_end.jumps
        self._far_end.measured(delay, self._delay.age)
        if self._far_end.moves != moves:
            self._delay.forget()
            self._begin()
            return
        lag = (delay - self._shift) / self._rate
        if self._far_end.jumps != jumps or not (0 < lag < _LATE_SECONDS or self._far_end.astray):
            most = round(_LONGEST_SHIFT_SECONDS * self._rate)
            self._shift = min(max(0, round(delay - _AIM_SECONDS * self._rate)), most)
            self._learn_anew()

    def _clean(self, near: Pcm) -> tuple[Pcm, Pcm]:
        far = self._far_end.read(len(near))
        delay = self._delay.push(near, far)
        sounding = float(np.mean(np.square(far))) >= _SILENCE
        self._unsure = 0.0 if delay is not None else self._unsure - HOP_SECONDS * self._weight(near, far)
        self._astray = self._astray + HOP_SECONDS * sounding if delay is None else 0.0
        if self._blind and not self._far_end.stuck:
            self._delay.forget()
            self._begin()
            delay = None
        self._blind = self._far_end.stuck
        if delay is not None:
            self._line_up(delay)
        elif self._astray >= _ASTRAY_SECONDS:
            self._far_end.unconfirmed()
            if self._astray >= _GONE_SECONDS:
                self._far_end.gone()
        self._held.push(far)
        suppressed = self._canceller.push(near, far)
        rest = self._filter.push(near, self._held.last(len(far), before=self._shift).copy())
        if float(np.sum(np.square(rest))) > float(np.sum(np.square(near))):
            rest = near  # the room is not learned yet: better its echo than one more
        evidence = self._evidence.push(
            near,
            suppressed,
            rest,
            far,
            place=self._place,
            sure=self._unsure <= 0 and not self._far_end.astray and not self._far_end.pausing,
        )
        late = np.concatenate((self._late, rest))  # as late as the other one comes
        rest, self._late = late[: len(near)], late[len(near) :]
        self._quiet = 0.0 if sounding else self._quiet + HOP_SECONDS
        alone = self._quiet >= _FADE_SECONDS
        # What is only loud and unlike the speaker's sound may be an echo that is driven into its limits.
        plain = evidence.seconds >= _VOICE_SECONDS or self._share == 1.0
        share = 1.0 if alone or (plain and evidence.lately >= _VOICE_SECONDS) else 0.0
        mix = np.linspace(self._share, share, len(near), dtype=np.float32)
        self._share = share
        heard = suppressed + mix * (rest - suppressed)
        if self._polish:
            heard = self._polish.push(heard, np.zeros_like(heard))
        return heard, rest
