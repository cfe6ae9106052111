"""Turns: people who pause in mid-sentence and hum when they were answered; whether they are let finish."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.cast import Cast
from core.events import Speaking, Thinking
from core.workbench.echo.narrator import hold_talk
from core.workbench.echo.room import Room
from core.workbench.echo.scene import LEAD_SECONDS, Scene, Stage
from core.workbench.echo.voices import Voices, offset

_PAUSES = (0.6, 1.2)  # the shortest and the longest in mid-sentence
_LEAD_IN_SECONDS = 0.6
_REPLY_SECONDS = 1.5
_NOD_AFTER_SECONDS = 4.0  # the end of the sentence: its answer was heard
_SEED = 9


def spoken_turns(
    sentences: list[list[Pcm]],
    voices: Voices,
    rooms: list[Room],
    format: AudioFormat,
    count: int,
    hearing: Cast | None,
) -> dict[str, Any]:
    """Sentences with pauses, each with a reply and a nod after it: what was cut off, how soon one came."""
    dice = np.random.default_rng(_SEED)
    pauses = cut_off = talks_cut = nods_answered = 0
    waits: list[float] = []
    for number in range(count):
        parts = sentences[number % len(sentences)]
        nod = voices.nods[number % len(voices.nods)]
        script, resting, end = _script(parts, nod, format.sample_rate, dice)
        stage = Stage(rooms[number % len(rooms)], delay=0.06, script=script)
        scene = Scene(format, stage, len(script) / format.sample_rate, number)
        reply = voices.narration[: round(_REPLY_SECONDS * format.sample_rate)]
        held = hold_talk(scene, reply, begin=False, hearing=hearing)
        thoughts = held.times(Thinking)
        cuts = sum(any(begin < at < until for at in thoughts) for begin, until in resting)
        pauses, cut_off, talks_cut = pauses + len(resting), cut_off + cuts, talks_cut + bool(cuts)
        nods_answered += any(at > end + _NOD_AFTER_SECONDS for at in thoughts)
        answers = [at for at in held.times(Speaking) if end < at < end + _NOD_AFTER_SECONDS]
        if answers and not cuts:
            waits.append(1000 * (answers[0] + LEAD_SECONDS - end))
    return {
        "scenes": count,
        "pauses": pauses,
        "cut_off": round(cut_off / max(1, pauses), 3),
        "talks_cut_off": round(talks_cut / count, 3),
        "answered": len(waits),
        "reply_ms": round(float(np.median(waits))) if waits else None,
        "reply_ms_p95": round(float(np.percentile(waits, 95))) if waits else None,
        "nods_answered": round(nods_answered / count, 3),
    }


def _script(
    parts: list[Pcm], nod: Pcm, rate: int, dice: np.random.Generator
) -> tuple[Pcm, list[tuple[float, float]], float]:
    """What is said, the pauses in it, and when its sentence ends."""
    said = [np.zeros(round(_LEAD_IN_SECONDS * rate), np.float32)]
    at, resting = _LEAD_IN_SECONDS, []
    for number, part in enumerate(parts):
        if number:
            pause = float(dice.uniform(*_PAUSES))
            said.append(np.zeros(round(pause * rate), np.float32))
            resting.append((at, at + pause))
            at += pause
        said.append(part)
        at += len(part) / rate
    end = at - (len(parts[-1]) - offset(parts[-1], rate)) / rate
    quiet = round((end + _NOD_AFTER_SECONDS - at) * rate)
    after = np.zeros(2 * rate, np.float32)
    return np.concatenate([*said, np.zeros(quiet, np.float32), nod, after]), resting, end
