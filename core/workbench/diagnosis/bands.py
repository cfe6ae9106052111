"""Bands: what can be expected of a codec at its bitrate, and the verdict on what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.workbench.diagnosis.behaviour import Behaviour
from core.workbench.diagnosis.code_use import BookUse
from core.workbench.telugu.trial import ContrastResult

Level = Literal["good", "fair", "poor", "not judged"]
_RANK: dict[Level, int] = {"not judged": 0, "good": 1, "fair": 2, "poor": 3}


@dataclass(frozen=True)
class Judgement:
    """One measure, what was found, and what that means."""

    what: str
    value: float | None
    level: Level
    reason: str


@dataclass(frozen=True)
class Band:
    """A class of bitrates: the least that is good, and the least that is fair."""

    name: str
    below: float  # bits a second
    stoi: tuple[float, float]
    pesq: tuple[float, float]
    snr: tuple[float, float] | None = None


BANDS = (
    Band("very low bitrate (up to 2 kbit/s)", 2_000, stoi=(0.90, 0.85), pesq=(2.2, 1.7)),
    Band("low bitrate (2 to 10 kbit/s)", 10_000, stoi=(0.94, 0.90), pesq=(2.8, 2.2)),
    Band("high bitrate (above 10 kbit/s)", float("inf"), stoi=(0.96, 0.93), pesq=(3.3, 2.8), snr=(15, 10)),
)
SILENCE_GOOD, SILENCE_FAIR = -60.0, -45.0  # dBFS of what is made of silence
SPREAD_GOOD, SPREAD_FAIR = 0.10, 0.30  # of a click's energy, away from it
SAME = 1e-3  # in samples of full scale 1
ALIVE_GOOD, ALIVE_FAIR = 0.5, 0.2  # share of the codes in use


def band_of(bitrate: float) -> Band:
    return next(band for band in BANDS if bitrate <= band.below)


def judge(
    band: Band,
    *,
    stoi: float | None,
    pesq: float | None,
    si_sdr: float,
    books: Sequence[BookUse],
    behaviour: Behaviour,
    contrasts: Sequence[ContrastResult],
) -> list[Judgement]:
    """Every judgement of a diagnosis, the most telling first."""
    found = [
        _atleast("STOI", stoi, band.stoi, "how well the words can be understood"),
        _atleast("PESQ", pesq, band.pesq, "how good it sounds to people"),
        _waveform(band, si_sdr),
        _at_most("silence", behaviour.silence_db, (SILENCE_GOOD, SILENCE_FAIR), "dBFS come out of silence"),
        _at_most(
            "click", behaviour.click_spread, (SPREAD_GOOD, SPREAD_FAIR), "of a click's energy is smeared"
        ),
        _pieces(behaviour.pieces_difference),
        _codebooks(books),
    ]
    return found + [_contrast(each) for each in contrasts]


def worst(judgements: Sequence[Judgement]) -> Level:
    """The verdict: no better than the worst judgement."""
    return max((judgement.level for judgement in judgements), key=_RANK.__getitem__, default="not judged")


def _level(value: float, good: float, fair: float) -> Level:
    return "good" if value >= good else "fair" if value >= fair else "poor"


def _atleast(what: str, value: float | None, wanted: tuple[float, float], means: str) -> Judgement:
    if value is None:
        return Judgement(what, None, "not judged", f"Could not be measured: {means}.")
    good, fair = wanted
    level = _level(value, good, fair)
    said = {"good": f"at least {good:g}", "fair": f"between {fair:g} and {good:g}", "poor": f"below {fair:g}"}
    return Judgement(what, value, level, f"{value:.2f} is {said[level]}: {means}.")


def _at_most(what: str, value: float, wanted: tuple[float, float], means: str) -> Judgement:
    good, fair = wanted
    level = _level(-value, -good, -fair)
    shown = f"{100 * value:.0f} %" if 0 <= value <= 1 else f"{value:.0f}"
    return Judgement(what, value, level, f"{shown} {means}.")


def _waveform(band: Band, si_sdr: float) -> Judgement:
    if band.snr is None:
        why = (
            "A codec of this bitrate makes a new waveform that sounds alike; the best of them have ratios "
            "below 10 dB, so the ratio says nothing about quality."
        )
        return Judgement("SI-SDR", si_sdr, "not judged", why)
    good, fair = band.snr
    level = _level(si_sdr, good, fair)
    more = " (20 dB and more: excellent)" if si_sdr >= 20 else ""
    return Judgement("SI-SDR", si_sdr, level, f"{si_sdr:.1f} dB, and {good:g} dB can be reached here{more}.")


def _pieces(difference: float | None) -> Judgement:
    if difference is None:
        return Judgement("streaming", None, "not judged", "It takes whole files and cannot be used live.")
    level: Level = "good" if difference <= SAME else "poor"
    same = "the same" if level == "good" else "not the same"
    return Judgement(
        "streaming",
        difference,
        level,
        f"Frame by frame is {same} as all at once (difference {difference:.1g}).",
    )


def _codebooks(books: Sequence[BookUse]) -> Judgement:
    judged = [book for book in books if book.dead is not None]
    if not judged:
        return Judgement(
            "codebooks", None, "not judged", "There was too little sound to call an unused code dead."
        )
    least = min(book.used / book.size for book in judged)
    level = _level(least, ALIVE_GOOD, ALIVE_FAIR)
    return Judgement(
        "codebooks", least, level, f"The least used codebook uses {100 * least:.0f} % of its codes."
    )


def _contrast(result: ContrastResult) -> Judgement:
    what = f"{result.name} ({result.language})"
    share = result.kept_share
    if share is None:
        return Judgement(what, None, "not judged", "The original itself does not tell these words apart.")
    kept, judged = sum(pair.kept for pair in result.judged), len(result.judged)
    level: Level = "good" if result.passes else "poor"
    left = len(result.pairs) - judged
    apart = f"; {left} not told apart by the original" if left else ""
    return Judgement(what, share, level, f"{kept} of {judged} word pairs stay apart{apart}.")
