"""The window on a real screen: it opens, draws, is photographed, and closes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.window.conftest import ROOT, run

pytestmark = pytest.mark.window


def test_smoke(environment: dict[str, str]) -> None:
    done = run("-m", "app", "--smoke", env=environment)
    figures = json.loads(done.stdout)
    assert done.stderr == "" and figures["imported"] == []
    assert figures["rss_mb"] < 200


def test_spectrograms_keep_moving(environment: dict[str, str]) -> None:
    script = "import json; from app.measure import measure_ui; print(json.dumps(measure_ui(3)))"
    done = run("-c", script, env=environment)
    figures = json.loads(done.stdout)
    assert done.stderr == "" and figures["platform"] == "xcb"
    assert figures["frames_per_second"] >= 30


@pytest.mark.parametrize("scale", [1, 2])
def test_every_state_can_be_photographed(environment: dict[str, str], tmp_path: Path, scale: int) -> None:
    environment["QT_SCALE_FACTOR"] = str(scale)
    done = run("tests/window/make_screenshots.py", str(tmp_path / "shots"), "-small", env=environment)
    assert done.stderr == ""
    pictures = [Path(line) for line in done.stdout.splitlines()]
    assert len(pictures) >= 15
    for picture in pictures:
        image = QImage(str(picture))
        page = not picture.name.startswith(("dialog-", "menu-"))  # those are as large as what they say
        assert not page or (image.width() >= 720 * scale and image.height() >= 520 * scale)
        step = 7 if page else 2
        across, down = range(0, image.width(), step), range(0, image.height(), step)
        colours = {image.pixel(x, y) for x in across for y in down}
        assert len(colours) > 20, picture


def test_it_opens_without_models_or_devices_and_leaves_when_asked(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "app"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    log = Path(environment["PALUKU_DATA"]) / "log" / "paluku.log"
    deadline = time.monotonic() + 60
    while not log.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(3)  # for the engine to be made
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert errors == ""
