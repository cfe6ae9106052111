"""A minute in front of the mirror: a real window, real sound, a busy thread, and no gap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from tests import tiny
from tests.sound.virtual_sound import (
    VirtualSound,
    demand,
    demand_pulseaudio,
    find_delay,
    starvation,
    write_speechlike,
)
from tests.window.virtual_screen import VirtualScreen, demand_xvfb

pytestmark = [pytest.mark.window, pytest.mark.sound]
SECONDS = 60


def test_a_minute_in_the_mirror(tmp_path: Path) -> None:
    demand_pulseaudio()
    demand_xvfb()
    said = write_speechlike(tmp_path / "said.wav", 5.0)
    with VirtualScreen() as screen, VirtualSound() as sound, starvation() as starved:
        environment = {
            **os.environ,
            **screen.environment,
            **sound.environment,
            MODELS_VARIABLE: str(tiny.make_all(tmp_path / "models")),
            DATA_VARIABLE: str(tmp_path / "data"),
        }
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.window.mirror_minute", str(SECONDS)],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == "measuring"
            with sound.recording() as heard, sound.recording_of_microphone() as fed:
                sound.play(tmp_path / "said.wav").wait()
                time.sleep(1.0)
            report = json.loads(child.communicate(timeout=SECONDS + 30)[0].splitlines()[-1])
        finally:
            child.kill()
    (into, _), (out, alike) = find_delay(said, fed.pcm), find_delay(said, heard.pcm)
    delay = 1000 * (out + heard.began - into - fed.began)
    print(f"\ncorrelation {alike:.3f}, mouth to ear {delay:.0f} ms; {report}")
    faults = (report["overruns"], report["underruns"], report["late_frames"])
    told = report["told_delay_ms"]
    assert report["views"] == 2
    assert report["failures"] == report["qt_warnings"] == []
    demand(alike > 0.9, f"correlation {alike:.3f}", starved)
    demand(report["frames_per_second"] >= 30, f"{report['frames_per_second']} frames a second", starved)
    demand(faults == (0, 0, 0), f"overruns, underruns, late frames: {faults}", starved)
    demand(30 < delay < 300, f"{delay:.0f} ms from mouth to ear", starved)
    demand(abs(told - delay) < 60, f"told {told:.0f} ms, measured {delay:.0f}", starved)
