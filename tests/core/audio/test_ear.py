"""The ear takes the speaker out of the microphone, and knows a voice from what is left of it."""

from __future__ import annotations

import numpy as np

from core.audio.base import AudioFormat
from core.audio.ear import Ear
from core.workbench.echo.room import shoebox
from core.workbench.echo.scene import Scene, SceneSpeaker, Stage

FORMAT = AudioFormat(16_000, 320)
RATE = FORMAT.sample_rate


def voice(seconds: float, pitch: float, seed: int) -> np.ndarray:
    """A buzz with a wandering pitch through wandering formants, in syllables, at -26 dB."""
    dice = np.random.default_rng(seed)
    count = round(seconds * RATE)
    knots = round(seconds * 5) + 2
    at = np.linspace(0, knots - 1, count)

    def wander(low: float, high: float) -> np.ndarray:
        return np.interp(at, np.arange(knots), dice.uniform(low, high, knots))

    phase = 2 * np.pi * np.cumsum(wander(0.85 * pitch, 1.2 * pitch)) / RATE
    formants = wander(300, 800), wander(1000, 2200)
    sound = np.zeros(count)
    for harmonic in range(1, int(3500 / pitch)):
        tone = sum(np.exp(-(((harmonic * pitch - middle) / 250) ** 2)) for middle in formants)
        sound += (0.05 + tone) * np.sin(harmonic * phase)
    loud = np.interp(at, np.arange(knots), dice.choice([0.0, 0.5, 1.0], knots))
    sound = sound * loud + 0.02 * dice.standard_normal(count) * loud
    return (0.05 * sound / np.sqrt(np.mean(sound[loud > 0.1] ** 2))).astype(np.float32)


class StuckSpeaker(SceneSpeaker):
    """A speaker that plays on, and for a while does not say what."""

    def __init__(self, scene: Scene, begin: float, end: float) -> None:
        super().__init__(scene)
        self._scene_now, self._begin, self._end = scene, begin, end

    def _known(self) -> int:
        stuck = self._begin <= self._scene_now.seconds < self._end
        return round(self._begin * RATE) if stuck else super().position()

    def position(self) -> int:
        return self._known()

    def reference(self, start: int, count: int) -> np.ndarray:
        found = super().reference(start, count).copy()
        found[max(0, self._known() - start) :] = 0
        return found


def listen(
    stage: Stage, seconds: float, narration: np.ndarray, stuck: tuple[float, float] | None = None
) -> tuple[np.ndarray, np.ndarray, list[float], Ear]:
    scene = Scene(FORMAT, stage, seconds)
    if stuck:
        scene.speaker = StuckSpeaker(scene, *stuck)
    ear = Ear(RATE, scene.speaker)
    raw, heard, evidence, at = [], [], [], 0
    while (frame := scene.microphone.read()) is not None:
        raw.append(frame)
        heard.append(ear.push(frame))
        assert len(heard[-1]) == len(frame)
        evidence.append(ear.near_end.seconds)
        while scene.speaker.has_room() and at + 320 <= len(narration):
            scene.speaker.write(narration[at : at + 320])
            at += 320
    return np.concatenate(raw), np.concatenate(heard), evidence, ear


def decibel(before: np.ndarray, after: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(before**2) / (np.mean(after**2) + 1e-12)))


def test_the_echo_goes_though_the_clocks_differ() -> None:
    room = shoebox(RATE, 0.3, 0.5, np.random.default_rng(1))
    raw, heard, evidence, ear = listen(
        Stage(room, delay=0.1, drift_ppm=150, distortion=1.0), 9.0, voice(9, 120, 1)
    )
    assert decibel(raw[3 * RATE :], heard[3 * RATE :]) > 20
    assert abs(1e6 * ear.drift - 150) < 40
    assert max(evidence) < 0.13


def test_a_voice_over_the_echo_is_evident_and_stays() -> None:
    room = shoebox(RATE, 0.3, 0.5, np.random.default_rng(1))
    said = np.concatenate((np.zeros(4 * RATE, np.float32), voice(2.0, 210, 9) * 1.5))
    _, heard, evidence, ear = listen(Stage(room, delay=0.08, script=said), 6.0, voice(6, 120, 1))
    assert max(evidence[: 4 * 50]) < 0.13
    assert max(evidence[4 * 50 :]) >= 0.13
    late = round(ear.delay_seconds * RATE)
    part = slice(5 * RATE, 6 * RATE - late)
    heard_then = heard[5 * RATE + late : 6 * RATE]
    assert np.corrcoef(said[part], heard_then)[0, 1] > 0.8


def test_a_delay_that_jumps_is_found_again() -> None:
    room = shoebox(RATE, 0.2, 0.5, np.random.default_rng(1))
    raw, heard, evidence, ear = listen(Stage(room, delay=0.08, jump_at=4.0), 9.0, voice(9, 120, 1))
    assert ear.moves >= 1
    assert decibel(raw[7 * RATE :], heard[7 * RATE :]) > 20
    assert max(evidence) < 0.13


def test_a_reference_that_stops_is_no_voice_and_comes_back() -> None:
    room = shoebox(RATE, 0.2, 0.5, np.random.default_rng(1))
    raw, heard, evidence, _ = listen(Stage(room, delay=0.08), 8.5, voice(9, 120, 1), stuck=(3.5, 4.5))
    assert max(evidence) < 0.13
    assert decibel(raw[round(7.5 * RATE) :], heard[round(7.5 * RATE) :]) > 20


def test_without_the_speaker_nothing_is_touched() -> None:
    room = shoebox(RATE, 0.2, 0.5, np.random.default_rng(1))
    said = voice(2.0, 180, 3)
    raw, heard, evidence, ear = listen(Stage(room, script=said), 2.0, np.zeros(0, np.float32))
    late = round(ear.delay_seconds * RATE)
    assert np.abs(heard[late:] - raw[:-late]).max() < 1e-6
    assert max(evidence) == 0


def test_frames_that_are_no_hops_lose_nothing() -> None:
    class Silent:
        def position(self) -> int:
            return 0

        def reference(self, start: int, count: int) -> np.ndarray:
            return np.zeros(count, np.float32)

    ear, said = Ear(RATE, Silent()), voice(1.0, 150, 4)
    heard = np.concatenate([ear.push(said[at : at + 80]) for at in range(0, len(said), 80)])
    assert len(heard) == len(said)
    shift = int(np.argmax(np.correlate(heard, said[:8000], "valid")))
    assert np.allclose(heard[shift : shift + 8000], said[:8000], atol=1e-6)
