"""Report: a study as a page of text, as curves over depth, and for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import StorageError
from core.workbench.analysis.svg import COLOURS, FAINT, Svg
from core.workbench.analysis.text import amount
from core.workbench.probing.alike import picture
from core.workbench.probing.bootstrap import Estimate
from core.workbench.probing.held import Held
from core.workbench.probing.study import Study

Value = Callable[[Held], Estimate | None]

DRAWINGS = ("curves", "alike")

_SPEAKER: tuple[tuple[str, Value], ...] = (
    ("speaker, linear probe", lambda held: held.speaker),
    ("among the same pitch", lambda held: held.matched),
    ("same voice? (1 - error)", lambda held: _flipped(held.error_rate)),
)
_CONTENT: tuple[tuple[str, Value], ...] = (
    ("phoneme, linear probe", lambda held: held.phoneme),
    ("ABX, one voice", lambda held: held.abx_within),
    ("ABX, two voices", lambda held: held.abx_across),
    ("pitch (R²)", lambda held: held.pitch),
)
_WIDTH, _LEFT, _TOP, _HIGH = 920, 60, 70, 240


def write_report(study: Study, folder: Path) -> None:
    """probes.txt, probes.json, curves.svg and alike.svg."""
    files = {
        "probes.txt": to_text(study),
        "probes.json": json.dumps(study.to_json(), indent=1, ensure_ascii=False),
        "curves.svg": curves(study),
        "alike.svg": picture(study.alike, f"How much the points of {study.name} say the same"),
    }
    try:
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The report in {folder} cannot be written: {error.strerror}.") from error


def to_text(study: Study) -> str:
    """The answers first, then the table they come from."""
    weights = "trained weights" if study.trained else "random weights"
    lines = [
        f"{study.name}, {weights}",
        f"{study.speakers} speakers, {study.utterances} utterances, {study.seconds:.0f} s",
        "",
    ]
    for answer in study.answers:
        lines += [
            answer.question,
            *textwrap.wrap(answer.words, 100, initial_indent="  ", subsequent_indent="  "),
        ]
        lines.append("")
    if study.pitch_matched:
        low, high = study.pitch_matched
        lines += [
            f"“Same pitch”: the speakers whose median pitch lies between {low:.0f} and {high:.0f} Hz.",
            "",
        ]
    heads = ("speaker", "same pitch", "voice err", "silh", "Fisher")
    lines.append(
        f"{'point':<20}{'MAC/s':>9}"
        + "".join(f"{head:>{width}}" for head, width in zip(heads, (19, 19, 10, 7, 8), strict=True))
        + f"{'phoneme':>19}{'ABX 1':>7}{'ABX 2':>7}{'PER':>7}{'pitch':>7}{'CKA':>7}"
    )
    groups: list[tuple[str, Sequence[Held]]] = [
        ("", study.points),
        ("controls", [study.log_mel, *([study.averaged] if study.averaged else [])]),
        ("random weights", study.untrained),
    ]
    for title, group in groups:
        lines += ["", title] if title else []
        lines += [_row(held, study) for held in group]
    lines += ["", f"chance: speaker {study.chance:.2f}, commonest phoneme {study.majority:.2f}"]
    lines.append(
        "PER: phoneme error rate of whole utterances. CKA: how alike the point before is, 1 the same."
    )
    shuffled = study.log_mel.shuffled
    lines.append(f"shuffled speakers on the plain spectrum: {shuffled}")
    return "\n".join(lines) + "\n"


def _row(held: Held, study: Study) -> str:
    price = amount(study.prices[held.name]) if held.name in study.prices else ""
    return (
        f"{held.name:<20}{price:>9}{held.speaker!s:>19}{_or_dash(held.matched):>19}"
        f"{held.error_rate.value:>10.2f}{held.silhouette:>7.2f}{held.fisher:>8.2f}"
        f"{_or_dash(held.phoneme):>19}{_short(held.abx_within):>7}{_short(held.abx_across):>7}"
        f"{_short(held.phoneme_errors):>7}{_short(held.pitch):>7}{_like_before(held, study):>7}"
    )


def _like_before(held: Held, study: Study) -> str:
    """How much it says the same as the point before."""
    names = [point.name for point in study.points]
    if held not in study.points or held.name == names[0]:
        return ""
    return f"{study.alike.between(held.name, names[names.index(held.name) - 1]):.2f}"


def _or_dash(value: Estimate | None) -> str:
    return str(value) if value else "-"


def _short(value: Estimate | None) -> str:
    return f"{value.value:.2f}" if value else "-"


def _flipped(value: Estimate) -> Estimate:
    return Estimate(1 - value.value, 1 - value.high, 1 - value.low)


def curves(study: Study) -> str:
    """Two panels over depth, speakers and content; dashed: random weights, dotted: the plain spectrum."""
    svg = Svg(_WIDTH, 2 * (_TOP + _HIGH) + 130, f"What the points of {study.name} hold")
    weights = "trained" if study.trained else "random weights"
    svg.text(_LEFT, 30, f"What {study.name} knows ({weights})", size=18, bold=True)
    legend = "dashed: the same shape with random weights; fine dots: the plain spectrum"
    svg.text(_LEFT, 2 * (_TOP + _HIGH) + 118, legend, size=12, colour=FAINT)
    _panel(svg, 0, "the speaker", _SPEAKER, study, study.chance)
    _panel(svg, _TOP + _HIGH + 50, "what is said, and the pitch", _CONTENT, study, study.majority)
    return str(svg)


def _panel(
    svg: Svg, top: float, title: str, curves: Sequence[tuple[str, Value]], study: Study, chance: float
) -> None:
    names = [held.name for held in study.points]
    step = (_WIDTH - _LEFT - 230) / max(1, len(names) - 1)
    base = top + _TOP + _HIGH

    def at(number: int, value: float) -> tuple[float, float]:
        return _LEFT + number * step, base - _HIGH * min(1.0, max(0.0, value))

    svg.text(_LEFT, top + _TOP - 14, title, size=13, bold=True)
    for tenth in range(0, 11, 2):
        _, y = at(0, tenth / 10)
        svg.line(_LEFT - 4, y, _WIDTH - 230, y, "#e4e8e6")
        svg.text(_LEFT - 10, y + 4, f"{tenth / 10:g}", size=11, colour=FAINT, anchor="end")
    for number, name in enumerate(names):
        x, _ = at(number, 0)
        svg.text(x + 4, base + 14, name, size=10, colour=FAINT, anchor="end", turn=-40)
    svg.line(_LEFT, at(0, chance)[1], _WIDTH - 230, at(0, chance)[1], FAINT, dash="2 5")
    svg.text(_WIDTH - 222, at(0, chance)[1] + 4, "chance", size=11, colour=FAINT)
    untrained = {held.name: held for held in study.untrained}
    for number, (label, value) in enumerate(curves):
        colour = COLOURS[number]
        known = [(i, found) for i, held in enumerate(study.points) if (found := value(held))]
        if not known:
            continue
        lower = [at(i, found.low) for i, found in known]
        upper = [at(i, found.high) for i, found in known]
        svg.area([*upper, *reversed(lower)], colour)
        svg.curve([at(i, found.value) for i, found in known], colour)
        for i, found in known:
            svg.dot(*at(i, found.value), colour, f"{names[i]}: {found}")
        random = [
            at(i, found.value)
            for i, name in enumerate(names)
            if name in untrained and (found := value(untrained[name]))
        ]
        svg.curve(random, colour, dash="5 4")
        y = top + _TOP + 12 + 38 * number
        svg.line(_WIDTH - 210, y - 4, _WIDTH - 188, y - 4, colour, width=2.5)
        svg.text(_WIDTH - 180, y, label, size=12)
        baseline = value(study.log_mel)
        if baseline:
            level = at(0, baseline.value)[1]
            svg.line(_LEFT, level, _WIDTH - 230, level, colour, dash="1 4")
            svg.text(_WIDTH - 180, y + 15, f"plain spectrum {baseline.value:.2f}", size=11, colour=FAINT)
