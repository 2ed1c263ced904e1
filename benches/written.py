"""Figures that are written into docs/performance.md, and drawn: what the scripts of this folder share."""

from __future__ import annotations

import html
import math
import pathlib
import platform
from collections.abc import Iterable, Sequence

PAGE = "performance.md"
COLOURS = ("#1f6feb", "#d1701c", "#2a9d5c", "#9a5bd0")
# Grey that is read on white and on black.
TEXT = "#7d8590"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: the first column is words, the others are figures or words."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write(folder: pathlib.Path, name: str, text: str) -> None:
    """Puts `text` in the place of what stands between the marks of `name` on the page.

    ValueError: the page has no such marks.
    """
    page = folder / PAGE
    begin, end = f"<!-- {name}: made by a command -->\n", f"<!-- /{name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page} has no {begin.strip()} … {end}: put both where the figures shall stand")
    page.write_text(f"{before}{begin}{text}\n{end}{after}", encoding="utf-8")


def figure(value: float) -> str:
    """Three digits: 1,234, 21.3, 0.59."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2f}"


def picture(width: int, height: int, says: str, parts: Iterable[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img" '
        f'aria-label="{html.escape(says)}">'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def word(x: float, y: float, text: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{TEXT}"{more}>{html.escape(text)}</text>'


def bars(groups: Sequence[tuple[str, Sequence[tuple[str, float, bool]]]], unit: str) -> str:
    """Groups of bars, each (name, value, whether it is ours), on a scale in which ten times is always as far."""
    left, right, step, width = 190, 70, 22, 720
    values = [value for _, rows in groups for _, value, _ in rows]
    low = 10 ** math.floor(math.log10(min(values)))
    high = 10 ** math.ceil(math.log10(max(values) * 1.01))
    along = lambda value: left + math.log10(value / low) / math.log10(high / low) * (width - left - right)  # noqa: E731
    parts, y = [], 10.0
    for title, rows in groups:
        y += 20
        parts.append(word(8, y, title, more=' font-weight="bold"'))
        y += 8
        for name, value, ours in rows:
            colour = COLOURS[0] if ours else "#8b949e"
            parts.append(word(left - 8, y + 14, name, "end"))
            parts.append(f'<rect x="{left}" y="{y + 3:.1f}" width="{max(along(value) - left, 1):.1f}" height="{step - 6}" rx="2" fill="{colour}"/>')
            parts.append(word(along(value) + 6, y + 14, figure(value)))
            y += step
    parts.append(word(left, y + 20, f"{unit}; each mark is ten times the one before"))
    tick = low
    lines = []
    while tick <= high * 1.001:
        lines.append(f'<path d="M{along(tick):.1f} 24V{y:.1f}" stroke="{TEXT}" stroke-opacity=".3"/>')
        tick *= 10
    return picture(width, round(y + 32), ", ".join(title for title, _ in groups), lines + parts)


def curves(panels: Sequence[tuple[str, dict[str, Sequence[tuple[float, float]]]]], unit: str) -> str:
    """Panels one under the other: curves by name, of points (size, value), sizes on a scale of tens, values from zero."""
    left, right, tall, width = 60, 100, 150, 720
    parts, top = [], 0.0
    for title, named in panels:
        sizes = [x for points in named.values() for x, _ in points]
        marks = scale(max(y for points in named.values() for _, y in points))
        most = 1.1 * marks[-1]
        span = math.log10(max(sizes) / min(sizes))
        x_of = lambda x: left + math.log10(x / min(sizes)) / span * (width - left - right)  # noqa: B023, E731
        y_of = lambda y: top + 34 + tall * (1 - y / most)  # noqa: B023, E731
        parts.append(word(8, top + 20, f"{title}; {unit}", more=' font-weight="bold"'))
        for value in marks:
            parts.append(f'<path d="M{left} {y_of(value):.1f}H{width - right}" stroke="{TEXT}" stroke-opacity=".3"/>')
            parts.append(word(left - 8, y_of(value) + 4, figure(value) if value else "0", "end"))
        for size in sorted(set(sizes)):
            parts.append(word(x_of(size), top + tall + 52, short(size), "middle"))
        for (name, points), colour in zip(named.items(), COLOURS, strict=False):
            line = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>' for x, y in points]
            x, y = points[-1]
            parts.append(f'<text x="{x_of(x) + 10:.1f}" y="{y_of(y) + 4:.1f}" fill="{colour}">{html.escape(name)}</text>')
        top += tall + 70
    return picture(width, round(top), ", ".join(title for title, _ in panels), parts)


def scale(most: float) -> list[float]:
    """Round numbers from zero to the first that is not below `most`: two to four steps."""
    tens = 10 ** math.floor(math.log10(most))
    step = next(step for step in (0.25 * tens, 0.5 * tens, tens, 2.5 * tens, 5 * tens) if most <= 4 * step)
    return [step * at for at in range(math.ceil(most / step) + 1)]


def short(size: float) -> str:
    """1 k, 16 M, 1 G."""
    for unit, name in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if size >= unit:
            return f"{size / unit:.3g}{name}"
    return f"{size:.3g}"


def processor() -> str:
    """The name of the processor."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
