"""The endpointer finds where speech begins and ends, and says each once."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from core.audio.endpoint import DONE_PAUSE, HELD_PAUSE, SURE_PAUSE, Activity, Endpointer

RATE = 16_000
CHUNK = 512


def loud_is_voice(chunk: np.ndarray) -> float:
    return float(np.abs(chunk).mean())


def script(*parts: tuple[float, float]) -> np.ndarray:
    """(seconds, probability) after another, as sound that `loud_is_voice` reads so."""
    return np.concatenate([np.full(int(s * RATE), p, np.float32) for s, p in parts])


def run(pcm: np.ndarray, pause: float = 0.8, frame: int = CHUNK) -> list[tuple[float, Activity]]:
    endpointer = Endpointer(RATE, pause, voice=loud_is_voice)
    changes = []
    for at in range(0, len(pcm), frame):
        activity = endpointer.push(pcm[at : at + frame])
        if activity in (Activity.STARTED, Activity.ENDED):
            changes.append((at / RATE, activity))
    return changes


@pytest.mark.parametrize("pause", [0.3, 0.8, 3.0])
@pytest.mark.parametrize("frame", [80, 512, 1280, 5000])
def test_one_turn(pause: float, frame: int) -> None:
    changes = run(script((1, 0), (2, 1), (4, 0)), pause, frame)
    assert [activity for _, activity in changes] == [Activity.STARTED, Activity.ENDED]
    started, ended = changes[0][0], changes[1][0]
    assert started == pytest.approx(1.16, abs=0.05 + frame / RATE)
    assert ended == pytest.approx(3 + pause, abs=0.05 + frame / RATE)


def test_a_pause_within_a_sentence_is_no_end() -> None:
    changes = run(script((1, 0), (1, 1), (0.7, 0), (1, 1), (2, 0)), 0.8)
    assert len(changes) == 2


def test_a_click_is_no_start() -> None:
    assert run(script((1, 0), (0.1, 1), (1, 0), (0.1, 1), (1, 0))) == []


def test_a_wavering_voice_starts_and_does_not_flicker() -> None:
    wavering = script(*[(0.064, 0.9), (0.032, 0.4)] * 20)
    assert [activity for _, activity in run(np.concatenate([wavering, script((2, 0))]))] == [
        Activity.STARTED,
        Activity.ENDED,
    ]


def test_several_turns() -> None:
    changes = run(script(*[(1, 0), (1, 1)] * 3, (1, 0)), 0.5)
    assert [activity for _, activity in changes] == [Activity.STARTED, Activity.ENDED] * 3


@pytest.mark.parametrize(("wish", "pause"), [(0.0, 0.3), (1.0, 1.0), (60.0, 3.0)])
def test_pauses_are_kept_within_reason(wish: float, pause: float) -> None:
    assert Endpointer(RATE, wish, voice=loud_is_voice).pause_seconds == pause


def spoken(seconds: float, rate: int) -> np.ndarray:
    """Vowels from a larynx of pulses and three resonances: nobody's voice, but a voice."""
    count = int(seconds * rate)
    time = np.arange(count) / rate
    phase = np.cumsum(120 * (1 + 0.15 * np.sin(2 * np.pi * 2.3 * time))) / rate
    pulses = (np.diff(np.floor(phase), prepend=0) > 0).astype(np.float64)
    vowels = [(730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480)]
    piece = int(0.15 * rate)
    out = np.zeros(count + rate)
    for number, at in enumerate(range(0, count, piece)):
        sound = pulses[at : at + piece] * np.hanning(len(pulses[at : at + piece])) ** 0.3
        for resonance in vowels[number % 4]:
            ring = np.arange(int(0.03 * rate)) / rate
            sound = np.convolve(sound, np.exp(-250 * ring) * np.sin(2 * np.pi * resonance * ring))
        out[at : at + len(sound)] += sound
    return (0.5 * out[:count] / np.abs(out).max()).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100])
def test_silero_hears_a_voice_and_no_noise(rate: int) -> None:
    noise = 0.01 * np.random.default_rng(0).standard_normal(rate * 2).astype(np.float32)
    pcm = np.concatenate([noise, spoken(2.0, rate), noise])
    endpointer = Endpointer(rate, 0.5)
    frame = rate * 8 // 100
    changes = [
        (at / rate, activity)
        for at in range(0, len(pcm), frame)
        if (activity := endpointer.push(pcm[at : at + frame])) in (Activity.STARTED, Activity.ENDED)
    ]
    assert [activity for _, activity in changes] == [Activity.STARTED, Activity.ENDED]
    assert 2.0 < changes[0][0] < 2.7
    # A voice that did not sound done is waited for longer.
    assert 4.2 < changes[1][0] < 4.0 + HELD_PAUSE * 0.5 + 0.5


def test_importing_it_loads_no_detector() -> None:
    code = "import sys, core.audio.endpoint; print([m for m in sys.modules if 'silero' in m or 'onnx' in m])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_detector_needs_neither_torch_nor_onnxruntime() -> None:
    code = (
        "import sys; from core.audio.endpoint import Endpointer; Endpointer(16000); "
        "print([m for m in ('torch', 'onnxruntime') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("foretold", "share"), [(4.0, SURE_PAUSE), (2.0, DONE_PAUSE), (0.0, 1.0), (-3.0, HELD_PAUSE)]
)
def test_what_the_words_foretell_makes_a_pause_shorter_or_longer(foretold: float, share: float) -> None:
    endpointer = Endpointer(RATE, 0.8, voice=lambda chunk: float(np.abs(chunk).max() > 0.01))
    endpointer.foretold = foretold
    hiss = (0.1 * np.random.default_rng(0).standard_normal(RATE)).astype(np.float32)  # it has no tune
    sound = np.concatenate((hiss, np.zeros(2 * RATE, np.float32)))
    acts = [endpointer.push(sound[at : at + 320]) for at in range(0, len(sound), 320)]
    assert acts.index(Activity.ENDED) * 0.02 == pytest.approx(1.0 + share * 0.8, abs=0.08)
