"""FakeEngine: does nothing, remembers every order, and says what a test lets it say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.audio.base import Pcm
from core.events import Event, Interruption, Mode
from core.s2s.base import Voice

RATE = 24_000


@dataclass(frozen=True)
class FakeHealth:
    """Figures as a test sets them."""

    late_frames: int = 0
    overruns: int = 0
    underruns: int = 0
    frames: int = 0
    step_ms_median: float = 0.0
    step_ms_p95: float = 0.0
    capture_ms: float = 0.0
    encode_ms: float = 0.0
    model_ms: float = 0.0
    decode_ms: float = 0.0
    device_ms: float = 0.0
    codes_used: tuple[int, ...] = ()
    codes_seen: int = 0


class FakeEngine:
    """An engine whose whole life is a script."""

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self.say = on_event
        self.orders: list[tuple[Any, ...]] = []
        self.heard: Pcm = np.zeros(0, np.float32)
        self.spoken: Pcm = np.zeros(0, np.float32)
        self.counts = FakeHealth()
        self.sample_rate = RATE

    def start(self) -> None:
        self.orders.append(("start",))

    def close(self, timeout: float = 1.0) -> bool:
        self.orders.append(("close",))
        return True

    def set_mode(self, mode: Mode) -> None:
        self.orders.append(("set_mode", mode))

    def hold(self, down: bool) -> None:
        self.orders.append(("hold", down))

    def interrupt(self) -> None:
        self.orders.append(("interrupt",))

    def tell(self, text: str) -> None:
        self.orders.append(("tell", text))

    def hear_file(self, path: Path) -> None:
        self.orders.append(("hear_file", path))

    def preview(self, voice: Voice) -> None:
        self.orders.append(("preview", voice))

    def set_voice(self, voice: Voice) -> None:
        self.orders.append(("set_voice", voice))

    def use_devices(self, microphone: str | None, speaker: str | None) -> None:
        self.orders.append(("use_devices", microphone, speaker))

    def use_models(self, codec: str | None, model: str | None) -> None:
        self.orders.append(("use_models", codec, model))

    def set_wide(self, wide: bool) -> None:
        self.orders.append(("set_wide", wide))

    def set_pause(self, seconds: float) -> None:
        self.orders.append(("set_pause", seconds))

    def set_interruption(self, how: Interruption) -> None:
        self.orders.append(("set_interruption", how))

    def set_private(self, private: bool) -> None:
        self.orders.append(("set_private", private))

    def new_conversation(self) -> None:
        self.orders.append(("new_conversation",))

    def replay(self, codec: str, codes: object) -> None:
        self.orders.append(("replay", codec))

    def play(self, versions: Sequence[Path], heard: int = 0) -> None:
        self.orders.append(("play", tuple(versions), heard))

    def turn_to(self, version: int) -> None:
        self.orders.append(("turn_to", version))

    def record(self, path: Path, seconds: float) -> None:
        self.orders.append(("record", path, seconds))

    def test_speaker(self) -> None:
        self.orders.append(("test_speaker",))

    def test_microphone(self) -> None:
        self.orders.append(("test_microphone",))

    def set_codebooks(self, count: int | None) -> None:
        self.orders.append(("set_codebooks", count))

    def peek_heard(self, since: int) -> tuple[Pcm, int]:
        return self.heard[since:], len(self.heard)

    def peek_spoken(self, since: int) -> tuple[Pcm, int]:
        return self.spoken[since:], len(self.spoken)

    def health(self) -> FakeHealth:
        return self.counts
