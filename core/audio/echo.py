"""Echo: taking what the speaker plays out of what the microphone hears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.audio.resample import Resampler

_BLOCK_SECONDS = 0.01  # that WebRTC's audio processing works on
_MOST_AHEAD_BLOCKS = 10  # of reference that waits for the microphone's sound; more means another clock
_WEBRTC_RATES = (16_000, 32_000, 48_000)
_SPLITTING_SECONDS = 0.008  # that AEC3 takes to split the sound into bands and join it again


@dataclass(frozen=True, slots=True)
class EchoConfig:
    """What is done to the microphone's sound."""

    cancel_echo: bool = True
    suppress_noise: bool = False
    control_gain: bool = False
    delay_ms: int = 0  # between speaker and microphone, as far as it is known; the rest is found


class EchoCanceller:
    """A microphone's sound without the speaker's, by WebRTC's AEC3: frames of any size in, the same size out.

    The reference must be exactly what leaves for the speaker, silence included: as many samples as
    the microphone gave in the same time. The sound comes out 8 ms later, one block (10 ms) more where
    its pieces are no whole blocks, and a filter's length more where the rate is none of WebRTC's own.
    """

    def __init__(
        self, sample_rate: int, config: EchoConfig | None = None, *, blocks_only: bool = False
    ) -> None:
        """With `blocks_only` every piece is a whole number of blocks."""
        from pywebrtc_audio import AudioProcessor

        self.config = config or EchoConfig()
        rate = sample_rate if sample_rate in _WEBRTC_RATES else 32_000
        self._block = round(rate * _BLOCK_SECONDS)
        self._near_in, self._far_in = Resampler(sample_rate, rate), Resampler(sample_rate, rate)
        self._out = Resampler(rate, sample_rate)
        self._processor = AudioProcessor(
            sample_rate=rate,
            num_channels=1,
            echo_cancellation=self.config.cancel_echo,
            noise_suppression=self.config.suppress_noise,
            high_pass_filter=True,
            auto_gain_control=self.config.control_gain,
            stream_delay_ms=self.config.delay_ms,
        )
        self._near: Pcm = np.zeros(0, np.float32)
        self._far: Pcm = np.zeros(0, np.float32)
        # Silence ahead, so that a frame of any size can be answered by one of the same size.
        through = self._near_in.passthrough and blocks_only
        delay = self._near_in.delay_seconds + self._out.delay_seconds + (0.0 if through else _BLOCK_SECONDS)
        ahead = int(np.ceil(delay * sample_rate))
        inside = _SPLITTING_SECONDS if self.config.cancel_echo else 0.0
        self.delay_seconds = ahead / sample_rate + inside
        self._ready: Pcm = np.zeros(ahead, np.float32)

    def push(self, near: Pcm, far: Pcm) -> Pcm:
        """The next sound of the microphone, cleaned. `far` may be a little longer or shorter."""
        self._near = np.concatenate((self._near, self._near_in.push(near)))
        self._far = np.concatenate((self._far, self._far_in.push(far)))
        whole = len(self._near) // self._block * self._block
        ahead = len(self._far) - len(self._near)
        if ahead > _MOST_AHEAD_BLOCKS * self._block:
            self._far = self._far[ahead:]
        if len(self._far) < whole:
            self._far = np.pad(self._far, (0, whole - len(self._far)))
        cleaned = [
            self._processor.process(self._near[at : at + self._block], self._far[at : at + self._block])
            for at in range(0, whole, self._block)
        ]
        self._near, self._far = self._near[whole:], self._far[whole:]
        self._ready = np.concatenate((self._ready, *map(self._out.push, cleaned)))
        count = len(near)
        out, self._ready = self._ready[:count], self._ready[count:]
        return out
