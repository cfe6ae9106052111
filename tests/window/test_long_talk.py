"""Minutes of talk by voice in the real window: its memory stays flat, and no frame is lost.

MINUTES=30 makes it the half hour that the program has to last; NOTES names the file in which to follow it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.training.corpus.espeak import Espeak
from tests.sound.virtual_sound import VirtualSound, demand, starvation
from tests.window.long_talk import PHRASES
from tests.window.sitting import Sitting
from tests.window.test_by_voice import deeds, phrases

__all__ = ["deeds", "phrases"]  # fixtures
MINUTES = os.environ.get("MINUTES", "6")
SETTLED_MINUTES = 2.0  # until then what is used for the first time is loaded
GROWTH_MB_A_MINUTE = 0.5
pytestmark = [
    pytest.mark.window,
    pytest.mark.sound,
    pytest.mark.slow,
    pytest.mark.timeout(60 * (float(MINUTES) + 5)),
    pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the questions"),
]


def test_a_long_talk_stays_as_light_as_it_was(
    screen: dict[str, str],
    sound: VirtualSound,
    tmp_path: Path,
    deeds: dict[str, Callable[[], object]],
) -> None:
    sitting = Sitting(screen, sound, tmp_path)
    sitting.welcomed("hands_free")
    sitting.environment |= {"MINUTES": MINUTES, "NOTES": os.environ.get("NOTES", str(tmp_path / "notes"))}
    with starvation() as starved:
        report = sitting.play("long_talk", **deeds)
    notes = report["notes"]
    for note in notes:
        print(note)
    print(f"asked {report['asked']}, not heard {report['unheard']}")
    settled = [note for note in notes if note["minutes"] >= SETTLED_MINUTES]
    slope = np.polyfit([n["minutes"] for n in settled], [n["rss_mb"] for n in settled], 1)[0]
    print(f"{slope:.2f} MB a minute")
    assert report["asked"] > len(PHRASES)
    assert slope < GROWTH_MB_A_MINUTE, "the memory grows"
    lost = {name: notes[-1][name] - notes[0][name] for name in ("late_frames", "overruns", "underruns")}
    demand(not any(lost.values()), str(lost), starved)
