"""A pitch that falls says done, one that is held says more will come, and noise says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.endpoint import DONE_PAUSE, HELD_PAUSE, Activity, Endpointer
from core.audio.prosody import Tune, ending

RATE = 16_000


def sung(pitches: list[float], seconds: float, softer_db: float = 0.0) -> np.ndarray:
    """Syllables with a pitch that goes through these, the last half second softer."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    hertz = np.interp(time, np.linspace(0, seconds, len(pitches)), pitches)
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    sound = sum(np.sin(k * phase) / k for k in range(1, 8))
    syllables = 0.4 + 0.6 * np.sin(np.pi * time * 4) ** 2
    loud = np.where(time > seconds - 0.5, 10 ** (-softer_db / 20), 1.0)
    return (0.1 * sound * syllables * loud).astype(np.float32)


def silence(seconds: float) -> np.ndarray:
    return (1e-4 * np.random.default_rng(0).standard_normal(round(seconds * RATE))).astype(np.float32)


FALLING = sung([125, 135, 120, 130, 120, 125, 115, 85], 2.0, softer_db=5.0)
HELD = sung([125, 135, 120, 130, 120, 125, 126, 126], 2.0)


def test_the_pitch_at_the_end_is_found() -> None:
    found = ending(np.concatenate((FALLING, silence(0.2))), RATE)
    assert found and found.pitch < -3 and found.slope < -2
    level = ending(np.concatenate((HELD, silence(0.2))), RATE)
    assert level and abs(level.pitch) < 1 and abs(level.slope) < 1
    assert found.done > level.done


@pytest.mark.parametrize("times", [0.7, 2.0])
def test_it_does_not_matter_how_high_the_voice_is(times: float) -> None:
    higher = sung([p * times for p in (150, 160, 150, 145, 150, 110)], 1.8)
    found = ending(np.concatenate((higher, silence(0.2))), RATE)
    assert found and -7 < found.pitch < -2


def test_noise_and_silence_say_nothing() -> None:
    hiss = (0.05 * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    assert ending(np.concatenate((hiss, silence(0.2))), RATE) is None
    assert ending(silence(1.0), RATE) is None
    assert ending(np.zeros(0, np.float32), RATE) is None
    assert Tune(RATE).done() is None


def test_only_the_latest_seconds_are_kept() -> None:
    tune = Tune(RATE)
    for sound in (HELD, HELD, HELD, FALLING, silence(0.2)):
        for at in range(0, len(sound), 512):
            tune.push(sound[at : at + 512])
    assert len(tune._level) == len(tune._pitch) == 350 and len(tune._rest) < 0.04 * RATE
    done = tune.done()
    assert done and done > 0.6


@pytest.mark.parametrize(("said", "share"), [(FALLING, DONE_PAUSE), (HELD, HELD_PAUSE)])
def test_a_turn_ends_sooner_or_later(said: np.ndarray, share: float) -> None:
    endpointer = Endpointer(RATE, 0.8, voice=lambda chunk: float(np.abs(chunk).max() > 0.01))
    sound = np.concatenate((silence(0.5), said, silence(2.0)))
    ends = [
        at / RATE
        for at in range(0, len(sound), 320)
        if endpointer.push(sound[at : at + 320]) is Activity.ENDED
    ]
    assert ends == [pytest.approx(0.5 + 2.0 + share * 0.8, abs=0.08)]


def test_a_long_pause_is_not_made_much_longer() -> None:
    endpointer = Endpointer(RATE, 3.0, voice=lambda chunk: float(np.abs(chunk).max() > 0.01))
    sound = np.concatenate((HELD, silence(4.0)))
    acts = [endpointer.push(sound[at : at + 320]) for at in range(0, len(sound), 320)]
    assert acts.index(Activity.ENDED) * 0.02 == pytest.approx(2.0 + 3.6, abs=0.08)
