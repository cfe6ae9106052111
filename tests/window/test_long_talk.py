"""Minutes of talk by voice in the real window: its memory stays flat, and no frame is lost.

MINUTES=30 makes it the half hour that the program has to last, fewer than 5 are too few to tell; NOTES names
the file in which to follow it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.training.corpus.espeak import Espeak
from tests.sound.virtual_sound import demand, starvation
from tests.window.sitting import Sitting

MINUTES = os.environ.get("MINUTES", "12")
SETTLED_TURNS = 30  # until then there are still rows to be made, and phrases that were never said
GROWTH_MB_A_MINUTE = 0.5
pytestmark = [
    pytest.mark.window,
    pytest.mark.sound,
    pytest.mark.slow,
    pytest.mark.timeout(60 * (float(MINUTES) + 5)),
    pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the questions"),
]


def test_a_long_talk_stays_as_light_as_it_was(by_voice: Sitting, tmp_path: Path) -> None:
    by_voice.environment |= {"MINUTES": MINUTES, "NOTES": os.environ.get("NOTES", str(tmp_path / "notes"))}
    with starvation() as starved:
        report = by_voice.play("long_talk")
    notes = report["notes"]
    for note in notes:
        print(note)
    print(f"asked {report['asked']}, not heard {report['unheard']}")
    settled = [note for note in notes if note["turns"] >= SETTLED_TURNS]
    assert len(settled) > 5, "too short, or too little was heard"
    grown = {name: growth(settled, name) for name in ("used_mb", "rss_mb")}
    print(", ".join(f"{name} {megabytes:+.2f} a minute" for name, megabytes in grown.items()))
    assert grown["used_mb"] < GROWTH_MB_A_MINUTE, "something is kept"
    # where the machine stands still, work piles up, and the heaps stay as large as it once was
    demand(grown["rss_mb"] < GROWTH_MB_A_MINUTE, f"{grown['rss_mb']:.2f} MB more each minute", starved)
    lost = {name: notes[-1][name] - notes[0][name] for name in ("late_frames", "overruns", "underruns")}
    demand(not any(lost.values()), str(lost), starved)


def growth(notes: list[dict[str, Any]], name: str) -> float:
    """From the middle of the first third to that of the last one, a minute: what is used for a moment only
    does not count.
    """
    third = max(1, len(notes) // 3)
    first, last = notes[:third], notes[-third:]
    minutes = np.median([note["minutes"] for note in last]) - np.median([note["minutes"] for note in first])
    megabytes = np.median([note[name] for note in last]) - np.median([note[name] for note in first])
    return float(megabytes / max(minutes, 0.5))
