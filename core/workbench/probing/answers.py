"""Answers: the three questions that one asks of a codec's inside, answered in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from core.workbench.analysis.features import Point
from core.workbench.analysis.text import amount
from core.workbench.probing.bootstrap import Estimate, estimate_mean
from core.workbench.probing.held import Held

BEST = "Which point is best for telling speakers apart?"
DEEPER = "Does deeper mean more speaker or more content?"
TRANSFORMER = "What does the Transformer do to the speakers?"
_CLEAR = 0.5  # a rank correlation from which a trend is called one


@dataclass(frozen=True)
class Answer:
    """A question, its answer in words, and the figures behind it."""

    question: str
    words: str
    figures: dict[str, Any]


class Studied(Protocol):
    """What the answers are drawn from."""

    @property
    def points(self) -> tuple[Held, ...]: ...
    @property
    def untrained(self) -> tuple[Held, ...]: ...
    @property
    def log_mel(self) -> Held: ...
    @property
    def averaged(self) -> Held | None: ...
    @property
    def prices(self) -> dict[str, float]: ...
    @property
    def trained(self) -> bool: ...
    @property
    def chance(self) -> float: ...


def answer_all(study: Studied, points: Sequence[Point]) -> tuple[Answer, ...]:
    """The three answers, from what was measured."""
    inside = {point.name for point in points if point.side == "encoder"} | {"pre_vq"}
    way_in = [held for held in study.points if held.name in inside]
    return _best(study), _deeper(way_in), _transformer(study)


def _best(study: Studied) -> Answer:
    ranked = sorted(study.points, key=lambda held: (-_speaker(held), held.error_rate.value))
    best, baseline = ranked[0], study.log_mel
    measured = "among speakers of the same pitch" if best.matched else "among all speakers"
    words = (
        f"{best.name}: a plane names the right speaker for {_percent(_estimate(best))} of the utterances "
        f"{measured}, at {amount(study.prices.get(best.name, 0.0))} MAC/s; the error of “the same voice?” is "
        f"{_percent(best.error_rate)}."
    )
    equals = [held for held in ranked[1:] if _estimate(held).high >= _estimate(best).value]
    if equals:
        cheapest = min([best, *equals], key=lambda held: study.prices.get(held.name, 0.0))
        words += (
            f" {len(equals)} further points are not clearly worse; the cheapest of all is {cheapest.name}."
        )
    if _speaker(baseline) >= _estimate(best).low:
        words += f" The plain spectrum does as well, with {_percent(_estimate(baseline))}."
    else:
        words += f" The plain spectrum reaches {_percent(_estimate(baseline))}."
    if not study.trained:
        words += " Its weights are random, so this says what the shape alone lets through."
    figures = {"point": best.name, "accuracy": _speaker(best), "log_mel": _speaker(baseline)}
    return Answer(BEST, words, figures)


def _deeper(way_in: Sequence[Held]) -> Answer:
    if len(way_in) < 3:
        return Answer(DEEPER, "There are too few points on the way in to say.", {})
    depth = np.arange(len(way_in))
    speaker = rank_correlation(depth, np.array([_speaker(held) for held in way_in]))
    contents = [held.abx_across.value for held in way_in if held.abx_across]
    phonemes = [held.phoneme.value for held in way_in if held.phoneme]
    known = phonemes if len(phonemes) == len(way_in) else contents
    if len(known) != len(way_in):
        words = f"The speaker {_trend(speaker)} on the way in; the corpus has no phonemes to ask for content."
        return Answer(DEEPER, words, {"speaker_trend": speaker})
    content = rank_correlation(depth, np.array(known))
    first, last = way_in[0], way_in[-1]
    words = (
        f"On the way in from {first.name} to {last.name} the speaker {_trend(speaker)} "
        f"({100 * _speaker(first):.0f} to {100 * _speaker(last):.0f} %, rank correlation with depth "
        f"{speaker:+.2f}) and what is said {_trend(content)} "
        f"({100 * known[0]:.0f} to {100 * known[-1]:.0f} %, {content:+.2f})."
    )
    return Answer(DEEPER, words, {"speaker_trend": speaker, "content_trend": content})


def _transformer(study: Studied) -> Answer:
    by_name = {held.name: held for held in study.points}
    layers = [name for name in by_name if name.startswith("enc.tr")]
    if not layers or "enc.out" not in by_name:
        return Answer(TRANSFORMER, "Its encoder has none.", {})
    before, after = by_name["enc.out"], by_name[layers[-1]]
    change = paired_change(before, after)
    clear = not change.holds(0.0)
    words = (
        f"From {before.name} to {layers[-1]} the speaker probe goes from {100 * before.speaker.value:.0f} to "
        f"{100 * after.speaker.value:.0f} % ({100 * change.value:+.0f} points, {100 * change.low:+.0f} to "
        f"{100 * change.high:+.0f} utterance by utterance) and the error of “the same voice?” from "
        f"{100 * before.error_rate.value:.0f} to {100 * after.error_rate.value:.0f} %"
        f"{'' if clear else ': no change beyond chance'}."
    )
    figures: dict[str, Any] = {"change": [change.value, change.low, change.high], "clear": clear}
    if study.averaged:
        smoothed = study.averaged.speaker.value
        words += f" A moving average over the same context alone reaches {100 * smoothed:.0f} %"
        words += ": smoothing explains it." if smoothed >= after.speaker.value and change.value > 0 else "."
        figures["moving_average"] = smoothed
    random = {held.name: held for held in study.untrained}
    if layers[-1] in random and "enc.out" in random:
        control = paired_change(random["enc.out"], random[layers[-1]])
        words += f" With random weights the same layers change it by {100 * control.value:+.0f} points."
        figures["random_change"] = [control.value, control.low, control.high]
    if before.phoneme and after.phoneme:
        words += (
            f" What is said goes from {100 * before.phoneme.value:.0f} to {100 * after.phoneme.value:.0f} %."
        )
    return Answer(TRANSFORMER, words, figures)


def paired_change(before: Held, after: Held) -> Estimate:
    """By how much the speaker probe is better behind than before, on the same utterances."""
    gained = np.array(after.hits) - np.array(before.hits)
    return estimate_mean(gained, np.arange(len(gained)), 0)


def rank_correlation(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> float:
    """Spearman's: 1 if both always rise together."""
    one, other = _ranks(x), _ranks(y)
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _ranks(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Places in order, equal ones sharing theirs."""
    found: np.ndarray[Any, Any] = (values[:, None] > values).sum(1) + 0.5 * (values[:, None] == values).sum(1)
    return found


def _estimate(held: Held) -> Estimate:
    return held.matched or held.speaker


def _speaker(held: Held) -> float:
    return _estimate(held).value


def _percent(estimate: Estimate) -> str:
    return f"{100 * estimate.value:.0f} % [{100 * estimate.low:.0f}, {100 * estimate.high:.0f}]"


def _trend(correlation: float) -> str:
    if abs(correlation) < _CLEAR:
        return "neither gains nor loses steadily"
    return "is gained" if correlation > 0 else "is lost"
