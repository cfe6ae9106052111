"""Text: an architecture as a page of plain text, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator

from core.workbench.analysis.architecture import Architecture, Attending
from core.workbench.analysis.components import Component
from core.workbench.analysis.features import Point

_NAME, _WHAT = 44, 60


def to_text(architecture: Architecture) -> str:
    """The whole page: head, tree, Transformers, points, and what is broken."""
    lines = [architecture.name, "=" * len(architecture.name), sentence(architecture.what), ""]
    lines += [f"{name:<22}{value}" for name, value in facts(architecture)]
    lines += ["", *_tree(architecture)]
    if architecture.transformers:
        lines += ["", "Where it looks back by attention", ""]
        lines += [f"  {_attending(each)}" for each in architecture.transformers]
    if architecture.points:
        lines += ["", "Where features can be taken (`--extract POINT`)", "", *_points(architecture)]
    if architecture.broken_joins:
        lines += ["", "Broken joins: it cannot run", ""]
        lines += [f"  {join}" for join in architecture.broken_joins]
    if architecture.doubts:
        lines += ["", "What runs and cannot be meant", ""]
        lines += [f"  {doubt}" for doubt in architecture.doubts]
    return "\n".join(lines) + "\n"


def sentence(words: str) -> str:
    return words if words.endswith("…") else f"{words}."


def facts(architecture: Architecture) -> list[tuple[str, str]]:
    """Name and value of what a person asks first."""
    root, stream = architecture.root, architecture.stream
    found = [("parameters", f"{root.parameters:,}")]
    if root.buffers:
        found.append(("learned otherwise", f"{root.buffers:,} (codebooks that follow averages, counters)"))
    if architecture.runs:
        found.append(("work for a second", _work(root)))
        sizes = (architecture.encoder_state_bytes, architecture.decoder_state_bytes)
        found.append(("memory of a stream", f"{in_bytes(sizes[0])} in, {in_bytes(sizes[1])} out"))
    if stream:
        books = _runs_of(stream.codebook_sizes)
        latency = f"{stream.latency_ms:g} ms" if stream.latency_ms else "takes whole files"
        ahead = f", {stream.seen_ahead_ms:,.0f} ms ahead" if stream.seen_ahead_ms else ", none ahead"
        found += [
            ("sound", f"{stream.sample_rate / 1000:g} kHz, {stream.frame_rate:g} frames a second"),
            ("codes", f"{books} = {stream.bitrate / 1000:g} kbit/s"),
            ("latency", latency),
            ("convolutions see", f"{stream.seen_back_ms:,.0f} ms back{ahead} (encoder)"),
            ("", f"{stream.heard_back_ms:,.0f} ms back (decoder)"),
        ]
    return found


def _work(root: Component) -> str:
    both = f"{amount(root.macs)} multiply-accumulates"
    return f"{both} ({amount(root.encode_macs)} in, {amount(root.decode_macs)} out)"


def _runs_of(sizes: tuple[int, ...]) -> str:
    parts: list[tuple[int, int]] = []
    for size in sizes:
        if parts and parts[-1][0] == size:
            parts[-1] = (size, parts[-1][1] + 1)
        else:
            parts.append((size, 1))
    return " + ".join(f"{count} × {size}" for size, count in parts)


def _tree(architecture: Architecture) -> Iterator[str]:
    head = f"{'component':<{_NAME}}{'parameters':>15}{'share':>8}"
    if architecture.runs:
        head += f"{'MAC/s':>10}{'share':>8}{'frames/s':>10}"
    yield f"{head}  what it is"
    yield "-" * (len(head) + _WHAT)
    yield from _branch(architecture.root, architecture, "", "", "")


def _branch(part: Component, whole: Architecture, lead: str, own: str, name: str) -> Iterator[str]:
    label = f"{lead}{own}{name or part.name}"
    row = f"{label:<{_NAME}}{part.parameters:>15,}{_share(part.parameters, whole.root.parameters):>8}"
    if whole.runs:
        rate = f"{part.rate:,.5g}" if part.rate else ""
        row += f"{amount(part.macs):>10}{_share(part.macs, whole.root.macs):>8}{rate:>10}"
    yield f"{row}  {part.what}".rstrip()
    below = lead + {"": "", "├─ ": "│  ", "└─ ": "   "}[own]
    groups = list(_grouped(part.parts))
    for number, (key, child) in enumerate(groups):
        yield from _branch(child, whole, below, "└─ " if number == len(groups) - 1 else "├─ ", key)


def _grouped(parts: tuple[Component, ...]) -> Iterator[tuple[str, Component]]:
    """Neighbours that are built alike as one line."""
    start = 0
    while start < len(parts):
        stop = start + 1
        while stop < len(parts) and _alike(parts[start], parts[stop]):
            stop += 1
        first, count = parts[start], stop - start
        name = first.name if count == 1 else f"{first.name}-{parts[stop - 1].name}"
        yield name, first if count == 1 else _times(parts[start:stop])
        start = stop


def _alike(one: Component, other: Component) -> bool:
    same = (one.what, one.parameters, one.rate) == (other.what, other.parameters, other.rate)
    return same and one.name.isdigit() and other.name.isdigit()


def _times(parts: tuple[Component, ...]) -> Component:
    first = parts[0]
    return Component(
        name=first.name,
        path=first.path,
        what=f"{len(parts)} × {first.what}",
        parameters=sum(part.parameters for part in parts),
        buffers=sum(part.buffers for part in parts),
        encode_macs=sum(part.encode_macs for part in parts),
        decode_macs=sum(part.decode_macs for part in parts),
        rate=first.rate,
        dim=first.dim,
    )


def _attending(each: Attending) -> str:
    shape = f"{each.path}: {each.layers} layers of {each.dim}, {each.heads} heads"
    if each.rate is None:
        return shape
    reach = f"sees {each.context_steps:,} steps"
    reach += f" = {each.context_seconds:g} s" if each.context_seconds else " (codes of one frame)"
    return f"{shape}, at {each.rate:g} Hz, {reach}"


def _points(architecture: Architecture) -> Iterator[str]:
    yield f"  {'point':<18}{'width':>7}{'frames/s':>10}{'MAC/s so far':>14}  causal"
    for point in shown_points(architecture):
        causal = "yes" if point.causal else "no"
        rate, price = f"{point.rate:,.5g}", amount(point.macs_so_far)
        yield f"  {point.name:<18}{point.dim:>7,}{rate:>10}{price:>14}  {causal}"


def shown_points(architecture: Architecture) -> list[Point]:
    """The points without the many steps between the second codebook and the last."""
    steps = [point.name for point in architecture.points if point.name.startswith("acoustic.cum")]
    return [point for point in architecture.points if point.name not in steps[1:-1]]


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def amount(count: float) -> str:
    """A large number as a person says it."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:.3g} {letter}" if count < 1000 * size else f"{count / size:,.0f} {letter}"
    return f"{count:.0f}"


def in_bytes(count: int) -> str:
    for size, unit in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} bytes"


def compare(one: Architecture, other: Architecture) -> str:
    """Two models side by side."""
    rows = [("", one.name, other.name)]
    left, right = dict(facts(one)), dict(facts(other))
    for key in [*left, *(key for key in right if key not in left)]:
        if key:
            rows.append((key, left.get(key, "-"), right.get(key, "-")))
    ours, theirs = ({part.name: part for part in each.root.parts} for each in (one, other))
    rows.append(("", "", ""))
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        rows.append((name, _cell(ours.get(name), one), _cell(theirs.get(name), other)))
    for each in (one, other):
        for attending in each.transformers:
            rows.append((f"{each.name} looks back", *_columns(_attending(attending), each is one)))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(_padded(row, widths) for row in rows) + "\n"


def _cell(part: Component | None, whole: Architecture) -> str:
    if part is None:
        return "-"
    macs = f", {amount(part.macs)} MAC/s" if whole.runs else ""
    return f"{part.parameters:,} ({_share(part.parameters, whole.root.parameters)}){macs}"


def _columns(text: str, left: bool) -> tuple[str, str]:
    return (text, "") if left else ("", text)


def _padded(row: tuple[str, str, str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
