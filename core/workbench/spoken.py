"""Spoken: words said by espeak-ng in a process of its own, so that the same words sound the same again."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from core.errors import PalukuError
from core.training.corpus.espeak import Espeak
from core.training.corpus.take import Take


@dataclass(frozen=True)
class Line:
    """Something to say, and how."""

    text: str
    voice: str
    """What espeak-ng calls a voice: language+variant."""
    rate: int = 160
    pitch: int = 50


def can_speak() -> bool:
    return Espeak.version() is not None


def say(lines: Sequence[Line]) -> list[Take]:
    """Every line in its order. A fresh process: espeak-ng remembers what it said before."""
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, context) as process:
            return process.submit(_say, tuple(lines)).result()
    except BrokenProcessPool as error:
        raise PalukuError("The process that spoke the test words ended before it was done.") from error


def _say(lines: tuple[Line, ...]) -> list[Take]:
    espeak = Espeak()
    return [espeak.speak(line.text, line.voice, rate=line.rate, pitch=line.pitch) for line in lines]
