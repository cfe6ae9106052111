"""Flite: Carnegie Mellon's small synthesizer, three American and Scottish English voices."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.errors import PalukuError
from core.training.corpus.phonemes import CMU
from core.training.corpus.take import Take, marks_from_starts

MISSING = "flite is not installed: its English voices are left out."
LICENCE = "CMU-flite"  # permissive, with attribution; spoken sound is not restricted
VOICES = ("slt", "rms", "awb")


class Flite:
    """The flite command: says an English sentence and tells its phonemes."""

    name = "flite"

    @staticmethod
    def version() -> str | None:
        """What the installed command calls itself; None if there is none."""
        command = shutil.which("flite")
        if command is None:
            return None
        told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
        return next((line.strip() for line in told.splitlines() if "version" in line), "unknown")

    def speak(self, text: str, voice: str) -> Take:
        """Say a text with one of `VOICES`."""
        with tempfile.TemporaryDirectory(prefix="paluku-flite-") as folder:
            file = Path(folder) / "said.wav"
            command = ["flite", "-voice", voice, "-psdur", "-t", text, "-o", str(file)]
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            if told.returncode != 0 or not file.exists():
                raise PalukuError(
                    f"flite could not say {text!r} with the voice {voice!r}.", told.stderr.strip()
                )
            import soundfile

            pcm, rate = soundfile.read(file, dtype="float32")
        starts = list(_starts(told.stdout))
        return Take(pcm, int(rate), text, marks_from_starts(starts, len(pcm) / rate))


def _starts(told: str) -> Iterator[tuple[str, float]]:
    begin = 0.0
    for pair in told.split():
        name, _, end = pair.rpartition(":")
        if name and end.replace(".", "", 1).isdigit():
            yield CMU.get(name, ""), begin
            begin = float(end)
