"""The long bombardment: every kind of file, in pieces, each in a process that may die without harm.

    python -m tests.fuzz.full --count 100000 [--first 0] [--minutes 60]

Prints a JSON line a kind and one for the whole; the exit status is 1 if anything was found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.readers import SUBJECTS

_PIECE = 500
_PATIENCE = 900.0  # seconds for a piece, on a machine that does much else


def bombard_all(count: int, first: int, minutes: float) -> dict[str, dict[str, object]]:
    """So many mutations shared among the kinds, or as many as there is time for."""
    told: dict[str, dict[str, object]] = {
        name: {"subject": name, "read": 0, "refused": 0, "slowest_ms": 0.0, "grown_mb": 0.0, "faults": []}
        for name in SUBJECTS
    }
    share = -(-count // len(SUBJECTS))
    until = time.monotonic() + 60 * minutes
    for begun in range(0, share, _PIECE):
        for name, sum_of in told.items():
            if time.monotonic() > until:
                return told
            _add(sum_of, _piece(name, first + begun, min(_PIECE, share - begun)))
    return told


def _piece(name: str, first: int, count: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="paluku-fuzz-") as scratch:
        note = Path(scratch) / "seed"
        order = ["--count", str(count), "--first", str(first), "--note", str(note)]
        try:
            done = subprocess.run(
                [sys.executable, "-m", "tests.fuzz.bombard", name, *order],
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
            last = done.stdout.strip().splitlines()[-1:]
            if last and last[0].startswith("{"):
                report: dict[str, object] = json.loads(last[0])
                return report
            death = f"the process ended with {done.returncode}: {done.stderr[-300:]}"
        except subprocess.TimeoutExpired:
            death = f"no end within {_PATIENCE:g} s"
        seed = note.read_text() if note.is_file() else "none"
        return {"read": 0, "refused": 0, "slowest_ms": 0.0, "grown_mb": 0.0, "faults": [f"{seed}: {death}"]}


def _add(total: dict[str, object], piece: dict[str, object]) -> None:
    for name in ("read", "refused"):
        total[name] = int(str(total[name])) + int(str(piece[name]))
    for name in ("slowest_ms", "grown_mb"):
        total[name] = max(float(str(total[name])), float(str(piece[name])))
    assert isinstance(total["faults"], list) and isinstance(piece["faults"], list)
    total["faults"] += piece["faults"]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=120.0)
    wishes = parser.parse_args()
    began = time.monotonic()
    told = bombard_all(wishes.count, wishes.first, wishes.minutes)
    for report in told.values():
        print(json.dumps(report))
    read = sum(int(str(report["read"])) for report in told.values())
    found = sum(len(report["faults"]) for report in told.values())  # type: ignore[arg-type]
    print(
        json.dumps(
            {"what": "fuzz", "read": read, "faults": found, "seconds": round(time.monotonic() - began)}
        )
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
