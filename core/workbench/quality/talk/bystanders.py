"""Bystanders: sounds that are not for Paluku, which it had better not answer with nonsense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from core.audio.base import Pcm
from core.domain.book import UNKNOWN, Domain
from core.domain.understand import Understander
from core.training.corpus.augment import coloured_noise
from core.training.corpus.espeak import Espeak
from core.training.corpus.text import sentences
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.turns import RATE, SEED, held_out_voices, said

SECONDS = 4.0
_FEWEST_LETTERS = 2

Say = Callable[[str], None]


def bystanders(pair: Pair, each: int, say: Say) -> dict[str, Any]:
    """For each kind of sound: how many were answered as if they meant something."""
    understander = Understander.load(Domain.load())
    found: dict[str, Any] = {}
    for kind, sounds in _kinds(each).items():
        answered = heard = 0
        for pcm in sounds:
            words, _ = pair.hear(pcm, understander.meant)
            letters = sum(letter.isalnum() for letter in words)
            heard += letters >= _FEWEST_LETTERS
            answered += (
                letters >= _FEWEST_LETTERS and understander.understand(words, heard=True).intent != UNKNOWN
            )
        found[kind] = {"sounds": each, "words_heard": heard, "answered": answered}
        say(f"{kind}: {found[kind]}")
    return found


def _kinds(each: int) -> dict[str, Iterator[Pcm]]:
    return {
        "silence": (_noise(number, -75) for number in range(each)),
        "noise": (_noise(number, -30) for number in range(each)),
        "music": (_music(number) for number in range(each)),
        "another language": _foreign(each, 1.0),
        "talk in the background": _foreign(each, 10 ** (-25 / 20)),
    }


def _noise(number: int, loudness_db: float) -> Pcm:
    rng = np.random.default_rng([SEED, number])
    noise = coloured_noise(round(SECONDS * RATE), rng, float(rng.uniform(0, 2)))
    return np.asarray(noise * np.float32(10 ** (loudness_db / 20)), np.float32)


def _music(number: int) -> Pcm:
    """Chords of plucked strings, one after the other."""
    rng = np.random.default_rng([SEED, 1, number])
    time = np.arange(round(SECONDS * RATE)) / RATE
    sound = np.zeros(len(time))
    root = 110 * 2 ** (rng.integers(12) / 12)
    for start in np.arange(0, SECONDS, rng.choice([0.25, 0.5])):
        for step in rng.choice([0, 3, 4, 5, 7, 9, 12, 16], 3, replace=False):
            since = time - start
            pitch = root * 2 ** (step / 12)
            for partial in range(1, 6):
                ringing = np.exp(-3 * partial * np.maximum(since, 0)) * (since >= 0)
                sound += ringing * np.sin(2 * np.pi * partial * pitch * since) / partial
    return np.asarray(0.1 * sound / sound.std(), np.float32).clip(-1, 1)


def _foreign(each: int, gain: float) -> Iterator[Pcm]:
    """Hindi, which is near enough to be tempting."""
    espeak, voices, rng = Espeak(), held_out_voices(), np.random.default_rng(SEED)
    hindi = sentences("hi")
    for _ in range(each):
        yield said(espeak, hindi.draw(rng), UNKNOWN, "hi", next(voices)).pcm * np.float32(gain)
