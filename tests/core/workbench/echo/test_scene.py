"""Scenes are what they say: rooms decay, clocks differ, and a narration that is cut is found out."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.base import AudioFormat
from core.workbench.echo.bench import said_whole
from core.workbench.echo.room import decay_seconds, shoebox
from core.workbench.echo.scene import Scene, Stage

RATE = 16_000
FORMAT = AudioFormat(RATE, 320)


def noise(seconds: float) -> np.ndarray:
    return (0.1 * np.random.default_rng(0).standard_normal(round(seconds * RATE))).astype(np.float32)


@pytest.mark.parametrize("rt60", [0.2, 0.4, 0.6])
def test_a_room_decays_as_it_should(rt60: float) -> None:
    room = shoebox(RATE, rt60, 0.5, np.random.default_rng(3))
    assert 0.5 * rt60 < decay_seconds(room.response, RATE) < 1.6 * rt60


def play(stage: Stage, sound: np.ndarray, seconds: float, *, lose: int = -1) -> tuple[Scene, np.ndarray]:
    scene = Scene(FORMAT, stage, seconds)
    heard, at = [], 0
    while (frame := scene.microphone.read()) is not None:
        heard.append(frame)
        while scene.speaker.has_room() and at + 320 <= len(sound):
            if at // 320 != lose:
                scene.speaker.write(sound[at : at + 320])
            at += 320
    return scene, np.concatenate(heard)


@pytest.mark.parametrize("drift", [0.0, 200.0])
def test_the_echo_comes_when_the_stage_says(drift: float) -> None:
    room = shoebox(RATE, 0.2, 0.3, np.random.default_rng(3))
    scene, heard = play(Stage(room, delay=0.1, drift_ppm=drift), noise(4.0), 4.0)
    lags = []
    for begin in (1, 3):
        part = scene.timeline[begin * RATE : begin * RATE + 8000]
        match = np.correlate(heard[begin * RATE : begin * RATE + 8000 + 4000], part, "valid")
        lags.append(int(np.argmax(np.abs(match))))
    assert abs(lags[0] - 0.1 * RATE) < 0.01 * RATE
    assert lags[1] - lags[0] == pytest.approx(-2 * RATE * drift * 1e-6, abs=1.5)


def test_a_lost_frame_is_found_out() -> None:
    room = shoebox(RATE, 0.2, 0.3, np.random.default_rng(3))
    sound = noise(2.0)
    whole, _ = play(Stage(room), sound, 3.0)
    torn, _ = play(Stage(room), sound, 3.0, lose=50)
    assert said_whole(whole, sound)
    assert not said_whole(torn, sound)
