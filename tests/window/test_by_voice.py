"""The model that ships, in the real window, by a virtual microphone: ten turns, a voice that breaks in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from core.training.corpus.espeak import Espeak
from tests.sound.virtual_sound import RATE, VirtualSound, demand, starvation
from tests.window.phrases import PHRASES
from tests.window.sitting import Sitting

LOUD_DB = -35.0  # a voice, not what fades out
STOP_SECONDS = 0.6  # from the first sound of a voice to silence
KEY_MS = 50.0
pytestmark = [
    pytest.mark.window,
    pytest.mark.sound,
    pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the questions"),
]


def test_ten_turns(by_voice: Sitting) -> None:
    began = time.monotonic()
    with starvation() as starved:
        report = by_voice.play("ten_turns")
    print(f"{time.monotonic() - began:.0f} s, {report['rung']}", *report["turns"], sep="\n")
    turns: list[tuple[str, str, bool]] = [tuple(turn) for turn in report["turns"]]
    demand("misheard" not in report, "the wish for another voice was misheard", starved)
    assert len(turns) == len(PHRASES)
    right = sum(heard == text for (heard, *_), (text, _) in zip(turns, PHRASES.values(), strict=True))
    demand(right >= 8, f"{right} of 10 turns were heard to the letter", starved)
    replies = dict(zip(PHRASES, (reply for _, reply, _ in turns), strict=True))
    # what is torn on its way from a machine that stands still may be heard as other words
    demand(replies["sum"].lower().strip(". ").endswith("forty two"), replies["sum"], starved)
    demand("five seconds" in replies["timer"].lower(), replies["timer"], starved)
    demand("five seconds" in report["rung"].lower(), report["rung"], starved)
    demand("వారం" in replies["day"], replies["day"], starved)
    assert [interrupted for *_, interrupted in turns] == [name == "story" for name in PHRASES]
    assert report["told_stopped"]
    pictures = Path(by_voice.environment["PICTURES"])
    assert all(QImage(str(pictures / f"conversation-{look}.png")).width() > 720 for look in ("light", "dark"))
    demand("said_again" not in report, "the first interruption was not heard", starved)
    assert report["voices"][1] in replies["voice"].lower()
    assert by_voice.settings["answering"]["emotion"] == "sad"
    assert by_voice.settings["answering"]["speaker"] == report["voices"][1]


def test_a_key_is_answered_whatever_goes_on(
    screen: dict[str, str], sound: VirtualSound, tmp_path: Path
) -> None:
    sitting = Sitting(screen, sound, tmp_path)
    sitting.welcomed()
    with starvation() as starved:
        report = sitting.play("keys")
    for when in ("loading", "speaking", "loading_again"):
        print(f"{when}: {report[when]}")
        demand(report[when]["p95"] < KEY_MS, f"a key waits {report[when]['p95']} ms while {when}", starved)


def test_a_voice_stops_an_answer(by_voice: Sitting, sound: VirtualSound) -> None:
    with sound.recording() as spoken, sound.recording_of_microphone() as heard, starvation() as starved:
        report: dict[str, Any] = by_voice.play("barge_in")
    demand("said_again" not in report, "the interruption was not heard", starved)
    _, (_, story, first), (_, day_told, second), (_, whole, third) = report["turns"]
    assert (first, second, third) == (True, False, False)
    assert "వారం" in day_told and len(whole) > len(story)
    _, (question, _), (begun, ended) = loud_parts(heard.pcm, heard.began)[:3]
    parts = loud_parts(spoken.pcm, spoken.began)
    assert any(question < start < begun for start, _ in parts), "the story was not to be heard"
    silence = max((end - begun for start, end in parts if start < begun < end), default=0.0)
    print(f"asked at {question:.1f}, over it from {begun:.1f} to {ended:.1f}, silent {silence:.2f} s later")
    over_it = [part for part in parts if part[0] < ended and part[1] > begun + STOP_SECONDS]
    demand(not over_it, f"it spoke on for {silence:.2f} s: {over_it}", starved)


def loud_parts(pcm: np.ndarray, began: float) -> list[tuple[float, float]]:
    """When it was loud, from and to; breaks of less than half a second are part of it."""
    size = RATE // 100
    pieces = pcm[: len(pcm) // size * size].reshape(-1, size)
    loud = np.flatnonzero(np.sqrt(np.mean(np.square(pieces), axis=1)) > 10 ** (LOUD_DB / 20))
    breaks = np.flatnonzero(np.diff(loud) > 50)
    starts, ends = np.append(loud[:1], loud[breaks + 1]), np.append(loud[breaks], loud[-1:])
    return [(began + start / 100, began + (end + 1) / 100) for start, end in zip(starts, ends, strict=True)]
