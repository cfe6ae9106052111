"""Festival: Edinburgh's synthesizer, with recorded Telugu and Hindi voices and an American one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.training.corpus.phonemes import CMU, NSK
from core.training.corpus.take import Take, marks_from_starts

MISSING = "festival is not installed: its Telugu and Hindi voices are left out."
PAUSES = ("pau", "#", "h#", "ssil", "brth")
# The Indian voices rely on a melody that some other voice set before them; without one they refuse to speak.
PRELUDE = """
(Parameter.set 'Int_Method 'Simple)
(set! int_simple_params '((f0_mean 125) (f0_std 18)))
(voice_{voice})
(if (not (string-matches "{voice}" "cmu_.*")) (Parameter.set 'Int_Method 'Simple))
"""
# A sentence that the voice stumbles over must not silence those after it
SENTENCE = """
(unwind-protect
  (begin
    (set! said (Utterance Text "{text}"))
    (utt.synth said)
    (utt.save.wave said "{number}.wav" 'riff)
    (utt.save.segs said "{number}.lab"))
  nil)
"""


@dataclass(frozen=True, slots=True)
class FestivalVoice:
    """A voice of festival: its package, language, licence and how its phonemes are called."""

    id: str
    speaker: str
    package: str
    language: str
    licence: str
    cmu: bool


VOICES = (
    FestivalVoice("telugu_NSK_diphone", "nsk-te", "festvox-te-nsk", "te", "GPL-2.0-or-later", cmu=False),
    FestivalVoice("hindi_NSK_diphone", "nsk-hi", "festvox-hi-nsk", "hi", "GPL-2.0-or-later", cmu=False),
    FestivalVoice("cmu_us_slt_arctic_hts", "slt-hts", "festvox-us-slt-hts", "en", "EST-2003", cmu=True),
)


class Festival:
    """The festival command: says many sentences at a time, for it takes long to start."""

    name = "festival"

    def __init__(self) -> None:
        self.voices = installed_voices()

    @staticmethod
    def version() -> str | None:
        """The installed command and its voices; None if there is none."""
        command = shutil.which("festival")
        if command is None:
            return None
        told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
        return " ".join([told.split(": ", 1)[-1].strip(), *(voice.speaker for voice in installed_voices())])

    def speak(self, texts: Sequence[str], voice: FestivalVoice) -> list[Take]:
        """Say several texts with one voice; what it stumbles over is left out."""
        import soundfile

        script = PRELUDE.format(voice=voice.id)
        for number, text in enumerate(texts):
            script += SENTENCE.format(number=number, text=_readable(text))
        takes = []
        with tempfile.TemporaryDirectory(prefix="paluku-festival-") as folder:
            (Path(folder) / "say.scm").write_text(script, encoding="utf-8")
            command = ["festival", "-b", "say.scm"]
            subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, errors="replace")
            for number, text in enumerate(texts):
                sound, labels = Path(folder) / f"{number}.wav", Path(folder) / f"{number}.lab"
                if not (sound.exists() and labels.exists()):
                    continue
                pcm, rate = soundfile.read(sound, dtype="float32")
                starts = _starts(labels.read_text(encoding="utf-8"), CMU if voice.cmu else NSK)
                takes.append(Take(pcm, int(rate), text, marks_from_starts(starts, len(pcm) / rate)))
        return takes


def installed_voices() -> tuple[FestivalVoice, ...]:
    """Which of the known voices this machine has."""
    if shutil.which("festival") is None:
        return ()
    asked = subprocess.run(
        ["festival", "-b", "(print (voice.list))"],
        capture_output=True,
        text=True,
        check=False,
        errors="replace",
    )
    found = set(asked.stdout.replace("(", " ").replace(")", " ").split())
    return tuple(voice for voice in VOICES if voice.id in found)


def _readable(text: str) -> str:
    """Without what ends the string or the program: the Hindi voice dies of the dot under a letter."""
    return unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, '\\"\u093c')))


def _starts(labels: str, names: dict[str, str]) -> list[tuple[str, float]]:
    starts, begin = [], 0.0
    for line in labels.splitlines():
        parts = line.split()
        if len(parts) != 3:  # the head of the file
            continue
        name = parts[2]
        starts.append(("" if name in PAUSES else names.get(name, "?"), begin))
        begin = float(parts[0])
    return starts
