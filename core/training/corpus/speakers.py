"""Speakers: the four named voices of Paluku, and the crowd of other voices for the user's side."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

# What espeak-ng calls the accents of each language
ACCENTS: dict[str, tuple[str, ...]] = {
    "te": ("te",),
    "hi": ("hi",),
    "en": ("en-us", "en", "en-gb-x-rp", "en-gb-scotland", "en-029"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A named voice: which voice of espeak-ng it starts from, and how it is reshaped in its neutral mood."""

    written: str
    """The name in its own script."""
    woman: bool
    variant: str  # of espeak-ng
    pitch: float  # Hz, the middle of the neutral voice
    spread: float  # how far the melody swings, against espeak-ng's own
    rate: int  # words a minute
    formants: float  # above 1 a smaller head, below 1 a bigger one
    tilt: float  # dB an octave around 1 kHz
    breath: float  # 0 none to 1 a whisper


# fmt: off
SPEAKERS: dict[str, Speaker] = {
    "vennela": Speaker(written="వెన్నెల", woman=True, variant="f2",
                       pitch=212, spread=1.10, rate=160, formants=1.04, tilt=-0.5, breath=0.10),
    "meghana": Speaker(written="మేఘన", woman=True, variant="f5",
                       pitch=182, spread=0.90, rate=148, formants=0.97, tilt=-1.5, breath=0.16),
    "arjun":   Speaker(written="అర్జున్", woman=False, variant="m3",
                       pitch=122, spread=1.00, rate=158, formants=1.02, tilt=+0.3, breath=0.05),
    "charan":  Speaker(written="చరణ్", woman=False, variant="m7",
                       pitch=98, spread=0.85, rate=150, formants=0.94, tilt=-0.8, breath=0.08),
}
# fmt: on
SPEAKER_NAMES = tuple(SPEAKERS)

# fmt: off
VARIANTS = (
    "f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "Alex", "Andy",
    "Annie", "adam", "anika", "antonio", "aunty", "belinda", "benjamin", "boris", "caleb", "david",
    "ed", "edward", "grandma", "grandpa", "gustave", "iven", "jacky", "john", "linda", "Lee",
    "marcelo", "Mario", "max", "michel", "miguel", "Mike", "norbert", "pablo", "paul", "pedro",
    "quincy", "rob", "robert", "sandro", "shelby", "steph", "travis", "victor", "zac",
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdVoice:
    """One of the many voices that speak on the user's side: espeak-ng's parameters and a cheap reshaping."""

    name: str
    variant: str
    accent: float  # 0 to 1: which of a language's accents
    rate: int
    pitch: int
    spread: int
    head: float  # played this much faster: above 1 a smaller head
    tilt: float  # dB an octave

    def voice(self, language: str) -> str:
        """What espeak-ng calls this voice in a language."""
        accents = ACCENTS[language]
        return f"{accents[int(self.accent * len(accents))]}+{self.variant}"


def crowd_voice(number: int) -> CrowdVoice:
    """The voice of that number: the same in every corpus, whatever its seed."""
    name = f"crowd-{number:04d}"
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]))
    head = float(rng.uniform(0.88, 1.16))
    return CrowdVoice(
        name=name,
        variant=VARIANTS[int(rng.integers(len(VARIANTS)))],
        accent=float(rng.random()),
        rate=round(rng.uniform(130, 210) / head),
        pitch=int(rng.integers(20, 80)),
        spread=int(rng.integers(25, 90)),
        head=head,
        tilt=float(rng.normal(0, 1.2)),
    )
