"""Vitals: what the diagnostics page tells of a running Paluku, and the same as a report to be copied."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.engine_like import HealthLike
from app.talk import Talk
from core import __version__
from core.checkup import Check


@dataclass(frozen=True, slots=True)
class Vitals:
    """One look at the engine, the talk and the memory of this process."""

    health: HealthLike | None
    talk: Talk
    memory_bytes: int


def memory_now() -> int:
    """What this process and its children hold of the memory."""
    import psutil  # not with the window: it is needed on one page only

    here = psutil.Process()
    total = int(here.memory_info().rss)
    for child in here.children(recursive=True):
        try:
            total += int(child.memory_info().rss)
        except psutil.Error:
            continue  # it ended meanwhile
    return total


def report(vitals: Vitals, checks: Sequence[Check]) -> str:
    """Everything as plain text, without the name of the user's folder. English: whoever helps reads it."""
    talk, health = vitals.talk, vitals.health
    ready = talk.ready
    lines = [
        f"Paluku {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"codec: {ready.codec if ready else '-'}, speech model: {(ready.model if ready else None) or '-'}",
        f"loaded in: {ready.seconds:.2f} s" if ready else "not loaded",
        f"mode: {talk.shown_mode}, state: {talk.phase}",
        f"microphone: {talk.microphone or '-'}, speaker: {talk.speaker or '-'}",
        f"memory: {vitals.memory_bytes / 1e6:.0f} MB",
    ]
    if health is not None:
        lines += [
            f"frames: {health.frames}, late: {health.late_frames}",
            f"overruns: {health.overruns}, underruns: {health.underruns}",
            f"a step: median {health.step_ms_median:.2f} ms, 95 % under {health.step_ms_p95:.2f} ms",
            f"capture {health.capture_ms:.1f} ms, encoder {health.encode_ms:.2f} ms, "
            f"model {health.model_ms:.2f} ms, decoder {health.decode_ms:.2f} ms, "
            f"device {health.device_ms:.1f} ms",
        ]
    if talk.relief:
        lines.append(f"left out, for the computer is busy: step {talk.relief}")
    if talk.trouble is not None:
        lines.append(f"trouble: {talk.trouble.message} {talk.trouble.hint}".rstrip())
    lines += [f"{'ok' if check.ok else 'FAULT'}: {check.name}: {check.message}" for check in checks]
    return "\n".join(lines).replace(str(Path.home()), "~")
