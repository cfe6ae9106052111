"""Pairs: words that differ in one sound, for the contrasts that Telugu and Hindi live by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["quality", "length"]


@dataclass(frozen=True)
class Contrast:
    """A difference that a language hears, and pairs of words that have nothing else between them."""

    name: str
    language: str
    kind: Kind
    """`length`: the second word of a pair is the longer one, and by how much is measured, too."""
    pairs: tuple[tuple[str, str], ...]


# fmt: off
CONTRASTS: tuple[Contrast, ...] = (
    Contrast("retroflex / dental", "te", "quality",
             (("తాకు", "టాకు"), ("దారి", "డారి"), ("పాత", "పాట"), ("మనం", "మణం"), ("కలా", "కళా"))),
    Contrast("aspirated / plain", "te", "quality",
             (("కరం", "ఖరం"), ("గనం", "ఘనం"), ("చాయ", "ఛాయ"), ("దనం", "ధనం"))),
    Contrast("long / short vowel", "te", "length",
             (("పడి", "పాడి"), ("నది", "నాది"), ("పిలు", "పీలు"), ("కురు", "కూరు"))),
    Contrast("geminate / single", "te", "length",
             (("అమ", "అమ్మ"), ("అత", "అత్త"), ("పలు", "పల్లు"), ("గడి", "గడ్డి"))),
    Contrast("retroflex / dental", "hi", "quality",
             (("ताल", "टाल"), ("दाल", "डाल"), ("साथ", "साठ"))),
    Contrast("aspirated / plain", "hi", "quality",
             (("काना", "खाना"), ("गड़ी", "घड़ी"), ("पल", "फल"))),
    Contrast("long / short vowel", "hi", "length",
             (("दिन", "दीन"), ("सुना", "सूना"), ("कल", "काल"))),
    Contrast("geminate / single", "hi", "length",
             (("पता", "पत्ता"), ("बचा", "बच्चा"), ("सजा", "सज्जा"))),
)
# fmt: on

LANGUAGES = ("te", "hi")
VOICES = ("f2", "m3", "f5", "m7")
"""Who says each word. A word is compared with what others say, so that a copy is no proof."""
