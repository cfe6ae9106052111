"""Figures of the window: how soon it is there, how evenly it draws, what that costs."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.bridge import Bridge
from app.doors import Doors
from app.engine_like import Codes
from app.settings import Look, Settings
from app.theme import Theme
from app.views.waterfall import Waterfall
from app.window import Window
from core.audio.base import Pcm
from core.events import Event, Interruption, Listening, Mode, ModeChanged, Opened, Ready
from core.s2s.base import Voice

_HEAVY = ("torch", "transformers", "huggingface_hub", "onnxruntime", "sounddevice", "rtmixer", "soundfile")
_WARM_UP = 1.5  # seconds until the picture scrolls evenly
_LUMP = 0.02  # seconds of sound that arrive at once


def print_start() -> None:
    """One JSON line about this moment, the one in which the window appeared."""
    print(json.dumps(start_figures()), flush=True)


def start_figures() -> dict[str, Any]:
    """Seconds since this process began, its memory, and which of the heavy libraries it has imported."""
    seconds = _since_process_start()
    imported = [name for name in _HEAVY if name in sys.modules]
    import psutil  # after the clock: not a part of the start

    memory = psutil.Process().memory_info().rss
    return {
        "what": "window",
        "seconds": round(seconds, 3),
        "rss_mb": round(memory / 1e6, 1),
        "imported": imported,
    }


def measure_ui(seconds: float) -> dict[str, Any]:
    """Draw two spectrograms of steady noise for so long: frames a second and the share of one core."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    bridge = Bridge(_NoiseEngine, Settings(look=Look(appearance="light", welcomed=True)))
    window = Window(Doors(bridge), Theme(application))
    frames = _Frames()
    for waterfall in window.findChildren(Waterfall):
        waterfall.installEventFilter(frames)
    window.show()
    bridge.start()
    _wait(_WARM_UP)
    drawn, began, busy = frames.drawn, time.perf_counter(), time.process_time()
    _wait(seconds)
    passed, busy = time.perf_counter() - began, time.process_time() - busy
    drawn = frames.drawn - drawn
    lanes = len(window.findChildren(Waterfall))
    window.close()
    bridge.close()
    return {
        "what": "ui",
        "platform": QApplication.platformName(),
        "scale": window.devicePixelRatioF(),
        "views": lanes,
        "frames_per_second": round(drawn / lanes / passed, 1),
        "longest_gap_ms": round(1000 * frames.longest, 1),
        "cpu_share": round(busy / passed, 4),
    }


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class _Frames(QObject):
    """Counts what is drawn, and the longest time without it."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = 0
        self.longest = 0.0
        self._last: dict[QObject, float] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            now = time.perf_counter()
            if self.drawn > 2 * 60 * _WARM_UP:
                self.longest = max(self.longest, now - self._last.get(watched, now))
            self._last[watched] = now
            self.drawn += 1
        return False


class _NoCounts:
    """The health of an engine that cannot be ill."""

    frames = late_frames = overruns = underruns = codes_seen = 0
    codes_used: tuple[int, ...] = ()
    step_ms_median = step_ms_p95 = 0.0
    capture_ms = encode_ms = model_ms = decode_ms = device_ms = 0.0


class _NoiseEngine:
    """An engine that does nothing but sound: noise, in lumps as they come from a sound card."""

    sample_rate = 24_000

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._tell = on_event
        self._began = time.perf_counter()
        noise = np.random.default_rng(0).normal(0.0, 0.1, 10 * self.sample_rate)
        self._noise = (noise * np.hanning(2 * self.sample_rate).repeat(5)).astype(np.float32)

    def start(self) -> None:
        for event in (
            Ready("noise", "noise", 0.0),
            Opened("noise", "noise"),
            ModeChanged("hands_free"),
            Listening(),
        ):
            self._tell(event)

    def peek_heard(self, since: int) -> tuple[Pcm, int]:
        lump = round(_LUMP * self.sample_rate)
        now = int((time.perf_counter() - self._began) * self.sample_rate) // lump * lump
        return self._noise[np.arange(since, now) % len(self._noise)], now

    peek_spoken = peek_heard

    def health(self) -> _NoCounts:
        return _NoCounts()

    def close(self, timeout: float = 1.0) -> bool:
        return True

    def set_mode(self, mode: Mode) -> None: ...
    def hold(self, down: bool) -> None: ...
    def interrupt(self) -> None: ...
    def tell(self, text: str) -> None: ...
    def hear_file(self, path: Path) -> None: ...
    def preview(self, voice: Voice) -> None: ...
    def set_voice(self, voice: Voice) -> None: ...
    def use_devices(self, microphone: str | None, speaker: str | None) -> None: ...
    def use_models(self, codec: str | None, model: str | None) -> None: ...
    def set_wide(self, wide: bool) -> None: ...
    def set_pause(self, seconds: float) -> None: ...
    def set_interruption(self, how: Interruption) -> None: ...
    def set_private(self, private: bool) -> None: ...
    def new_conversation(self) -> None: ...
    def replay(self, codec: str, codes: Codes) -> None: ...
    def play(self, versions: Sequence[Path], heard: int = 0) -> None: ...
    def turn_to(self, version: int) -> None: ...
    def record(self, path: Path, seconds: float) -> None: ...
    def test_speaker(self) -> None: ...
    def test_microphone(self) -> None: ...
    def set_codebooks(self, count: int | None) -> None: ...


def _since_process_start() -> float:
    if sys.platform != "linux":
        import psutil

        return time.time() - float(psutil.Process().create_time())
    # not psutil's: it goes by the time of boot, which Linux tells in whole seconds only
    stat = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
    start = int(stat.rpartition(")")[2].split()[19])  # in ticks since boot
    return time.clock_gettime(time.CLOCK_BOOTTIME) - start / os.sysconf("SC_CLK_TCK")
