"""Picture: an architecture drawn, as shares of its parts and as the path that sound takes."""

from __future__ import annotations

from collections.abc import Callable
from math import log2

from core.workbench.analysis.architecture import Architecture
from core.workbench.analysis.components import Component
from core.workbench.analysis.features import Point
from core.workbench.analysis.svg import COLOURS, FAINT, INK, Svg
from core.workbench.analysis.text import amount, sentence, shown_points

_WIDTH, _MARGIN, _BAR = 860, 30, 34
_LABELLED = 0.06  # share of a bar that has room for a label
_ROW = 22


def draw(architecture: Architecture) -> str:
    """One page: parameters, work, and every point on the way from sound to sound."""
    parts = _main_parts(architecture.root)
    points = shown_points(architecture)
    height = 250 + 18 * ((len(parts) + 2) // 3) + (60 + _ROW * len(points) if points else 0)
    svg = Svg(_WIDTH, height, f"The architecture of {architecture.name}")
    svg.text(_MARGIN, 34, architecture.name, size=20, bold=True)
    svg.text(_MARGIN, 54, sentence(architecture.what), size=13, colour=FAINT)
    y = 88.0
    y = _bar(svg, y, "parameters", parts, lambda part: part.parameters, architecture.parameters)
    if architecture.runs:
        y = _bar(svg, y, "work (MAC/s)", parts, lambda part: part.macs, architecture.root.macs)
    y = _legend(svg, y, parts)
    if points:
        _draw_path(svg, y + 30, points)
    return str(svg)


def _main_parts(root: Component) -> list[Component]:
    """The parts of the first or second level, whichever says more, the smallest left out."""
    parts: list[Component] = []
    for part in root.parts:
        inner = [child for child in part.parts if not child.name.isdigit()]
        parts += [_renamed(child, f"{part.name}.{child.name}") for child in inner] or [part]
    floor = 0.002
    return [
        part
        for part in parts
        if part.parameters >= floor * root.parameters or part.macs >= floor * max(root.macs, 1)
    ]


def _renamed(part: Component, name: str) -> Component:
    return Component(**{**part.__dict__, "name": name})


def _bar(
    svg: Svg,
    y: float,
    title: str,
    parts: list[Component],
    size: Callable[[Component], float],
    whole: float,
) -> float:
    svg.text(_MARGIN, y, title, size=13, bold=True)
    svg.text(_WIDTH - _MARGIN, y, amount(whole), size=13, anchor="end", colour=FAINT)
    x, length = float(_MARGIN), _WIDTH - 2 * _MARGIN
    for number, part in enumerate(parts):
        share = size(part) / whole if whole else 0.0
        colour = COLOURS[number % len(COLOURS)]
        svg.rect(x, y + 9, share * length - 1.5, _BAR, colour, tip=f"{part.name}: {100 * share:.1f} %")
        if share >= _LABELLED:
            svg.text(x + share * length / 2, y + 31, f"{100 * share:.0f} %", colour="#fff", anchor="middle")
        x += share * length
    return y + _BAR + 40


def _legend(svg: Svg, y: float, parts: list[Component]) -> float:
    for number, part in enumerate(parts):
        column, row = number % 3, number // 3
        x, at = _MARGIN + column * 270, y - 6 + 18 * row
        svg.rect(x, at - 10, 11, 11, COLOURS[number % len(COLOURS)])
        svg.text(x + 17, at, part.name, size=12)
    return y + 18 * ((len(parts) + 2) // 3)


def _draw_path(svg: Svg, y: float, points: list[Point]) -> None:
    """Bars as wide as the frames are many and as thick as they are wide, from sound down to codes and up."""
    svg.text(_MARGIN, y, "the path of the sound", size=13, bold=True)
    svg.text(_WIDTH - _MARGIN, y, "frames a second × width", size=12, colour=FAINT, anchor="end")
    fastest = max(point.rate for point in points)
    colours = {"encoder": COLOURS[0], "quantizer": COLOURS[1], "decoder": COLOURS[2]}
    for number, point in enumerate(points):
        top = y + 16 + _ROW * number
        length = 24 + 396 * _closeness(point.rate, fastest)
        svg.text(_MARGIN, top + 13, point.name, size=12)
        svg.rect(_MARGIN + 120 + (420 - length) / 2, top + 2, length, _ROW - 7, colours[point.side])
        width = f"{point.rate:,.5g} × {point.dim:,}"
        svg.text(_MARGIN + 560, top + 13, width, size=12)
        svg.text(_WIDTH - _MARGIN, top + 13, f"{amount(point.macs_so_far)} MAC/s", anchor="end", colour=INK)


def _closeness(rate: float, fastest: float) -> float:
    """0 for the slowest frames there are, 1 for the fastest, evenly by octaves."""
    return max(0.0, 1 - log2(fastest / rate) / 12) if rate > 0 else 0.0
