"""Windows: a long sound polished piece by piece, the pieces joined by cross-fades."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.audio.base import Pcm
from core.audio.resample import Resampler
from core.enhance.base import OUT_RATE, Enhancement, enhanced_length

Polish = Callable[[Pcm, int], Pcm]  # a window at 48 kHz and its number -> as many samples


class WindowedEnhancement(Enhancement):
    """One channel through a model that knows windows of one length only.

    Never more than about a window is held, however long the sound is.
    """

    def __init__(self, rate: int, window: int, overlap: int, polish: Polish) -> None:
        if not 0 < overlap < window:
            raise ValueError(f"an overlap of {overlap} samples does not fit windows of {window}")
        self._rate = rate
        self._window = window
        self._overlap = overlap
        self._polish = polish
        self._resampler = Resampler(rate, OUT_RATE)
        self._held: Pcm = np.zeros(0, np.float32)
        self._fading: Pcm | None = None  # the end of the window before
        self._taken = 0
        self._made = 0
        self._number = 0

    def push(self, pcm: Pcm) -> Pcm:
        self._taken += len(pcm)
        return self._add(self._resampler.push(pcm))

    def finish(self) -> Pcm:
        parts = [self._add(self._resampler.finish())]
        wanted = enhanced_length(self._taken, self._rate)
        if self._made < wanted:
            if self._fading is None or len(self._held) > self._overlap:
                parts.append(self._next_window(np.pad(self._held, (0, self._window - len(self._held)))))
            else:
                parts.append(self._fading)  # the window before reached to the end
        rest = wanted - self._made + len(parts[0])
        return np.concatenate(parts)[:rest]

    def _add(self, sound: Pcm) -> Pcm:
        self._held = np.concatenate((self._held, sound))
        parts = [np.zeros(0, np.float32)]
        while len(self._held) >= self._window:
            polished = self._next_window(self._held[: self._window])
            step = self._window - self._overlap
            parts.append(polished[:step])
            self._fading = polished[step:]
            self._held = self._held[step:]
        out = np.concatenate(parts)
        self._made += len(out)
        return out

    def _next_window(self, sound: Pcm) -> Pcm:
        polished = self._polish(sound, self._number).copy()
        self._number += 1
        if self._fading is not None:
            rising = np.sin(0.5 * np.pi * (np.arange(self._overlap) + 0.5) / self._overlap) ** 2
            polished[: self._overlap] = rising * polished[: self._overlap] + (1 - rising) * self._fading
        return polished


def window_count(seconds: float, window: int, overlap: int) -> int:
    """How many windows a sound of this length takes."""
    samples = round(seconds * OUT_RATE)
    return 1 + max(0, -(-(samples - window) // (window - overlap)))
