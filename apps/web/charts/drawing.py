"""Numbers to shapes. A drawing is 360 units wide; its texts are scaled back by the page, so that they stay readable."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from apps.web.charts.shapes import WIDTH, Bar, Drawing, Line, Mark, Text, Tick
from apps.web.facets.bins import round_step
from apps.web.values import count

HEIGHT = 168
LEFT, RIGHT, TOP, FOOT = 34, 10, 8, 22
RULE_TOP = 22
ROW = 22
ROW_LABEL = 186
LETTER = 7.4
FIRST_WIDE = 0x2E7F
MOST_X_LABELS = 7
GRID_LABEL = 110
NARROW = 14


def columns(bars: Sequence[Bar], *, ticks: Sequence[Tick], rule: Tick | None = None) -> Drawing:
    """Upright bars, for years and histograms. ``rule`` is a line across: a mean."""
    top, base = RULE_TOP if rule else TOP, HEIGHT - FOOT
    most = max((bar.count for bar in bars), default=0)
    marks = [mark for mark in round_numbers(0, max(most, 1)) if mark == int(mark)]
    scale = (base - top) / max(most, marks[-1], 1)
    step = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    lines, rules, texts = [], [], []
    for mark in marks:
        y = round(base - mark * scale, 1)
        lines.append(Line("grid" if mark else "axis", LEFT, y, WIDTH - RIGHT, y))
        texts.append(Text(LEFT - 5, y + 4, short(mark), "end"))
    texts += [
        Text(_across(tick.at), base + 16, tick.text, "end" if tick.at > 0.97 else "middle")  # The last stays inside.
        for tick in ticks
    ]
    if rule:
        x = _across(rule.at)
        rules.append(Line("rule", x, top - 12, x, base))
        texts.append(
            Text(x + (5 if rule.at < 0.8 else -5), top - 8, rule.text, "start" if rule.at < 0.8 else "end", "val")
        )
    drawn = tuple(_column(at, bar, step, base, scale) for at, bar in enumerate(bars) if bar.count)
    return Drawing(HEIGHT, tuple(lines), drawn, tuple(texts), tuple(rules))


def rows(bars: Sequence[Bar]) -> Drawing:
    """Bars with names, for values; the greatest first."""
    label_width = min(max((room_of(bar.label) for bar in bars), default=0) + 14, ROW_LABEL)
    most = max((bar.count for bar in bars), default=1) or 1
    room = WIDTH - label_width - room_of(count(most)) - 10
    drawn = tuple(_row(at * ROW + 4, bar, label_width, bar.count / most * room) for at, bar in enumerate(bars))
    return Drawing(ROW * len(bars) + 4, marks=drawn)


def grid(table: Sequence[Sequence[Bar]], *, sides: Sequence[str], heads: Sequence[str]) -> Drawing:
    """Squares whose areas are the counts; ``sides`` name the rows, ``heads`` the columns."""
    step = (WIDTH - GRID_LABEL - RIGHT) / max(len(heads), 1)
    line = min(step, 30)
    most = max((bar.count for row in table for bar in row), default=1) or 1
    lines, marks, texts = [], [], []
    for at, (side, row) in enumerate(zip(sides, table, strict=True)):
        middle = at * line + line / 2
        lines.append(Line("grid", GRID_LABEL, round(middle, 1), WIDTH - RIGHT, round(middle, 1)))
        texts.append(Text(GRID_LABEL - 8, round(middle + 4, 1), cut(side, GRID_LABEL - 8), "end", "cat"))
        for place, bar in enumerate(row):
            if bar.count:
                edge = round(max((bar.count / most) ** 0.5 * (line - 3), 2), 1)
                x = GRID_LABEL + (place + 0.5) * step
                marks.append(
                    Mark(round(x - edge / 2, 1), round(middle - edge / 2, 1), edge, edge, bar.title, bar.url, bar.kind)
                )
    foot = line * len(sides)
    for place, head in enumerate(heads):  # Every other one lower, so that neighbours do not meet.
        x, y = round(GRID_LABEL + (place + 0.5) * step, 1), round(foot + 14 + place % 2 * 14, 1)
        texts.append(Text(x, y, cut(head, step * 2 - 6)))
    return Drawing(round(foot + 34, 1), tuple(lines), tuple(marks), tuple(texts))


def round_numbers(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) from ``low`` to ``high``."""
    if high <= low:
        return [low]
    step = round_step((high - low) / about)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [float(f"{at * step:.12g}") for at in range(first, last + 1)]


def thinned(labels: Sequence[str]) -> list[Tick]:
    """A tick under as many of the columns as have room."""
    every = ceil(len(labels) / MOST_X_LABELS) or 1
    return [Tick((at + 0.5) / len(labels), label) for at, label in enumerate(labels) if at % every == 0]


def short(number: float) -> str:
    """1,234 and 12k: what fits beside an axis."""
    if abs(number) >= 10_000:
        return f"{number / 1_000_000:g}M" if abs(number) >= 1_000_000 else f"{number / 1000:g}k"
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


def cut(text: str, width: float) -> str:
    """The text, or as much of it as there is room for."""
    if room_of(text) <= width:
        return text
    least = 1
    while least < len(text) and room_of(text[: least + 1]) + LETTER <= width:
        least += 1
    return f"{text[:least].rstrip()}…"


def room_of(text: str) -> float:
    """About how wide a text is: capitals are wider than small letters, ideographs wider still."""
    return sum(LETTER * (1.8 if ord(c) > FIRST_WIDE else 1.2 if c.isupper() else 1) for c in text)


def _column(at: int, bar: Bar, step: float, base: float, scale: float) -> Mark:
    gap = 1 if step < NARROW else step * 0.22
    height = max(round(bar.count * scale, 1), 1)
    x, y = round(LEFT + at * step + gap / 2, 1), round(base - height, 1)
    return Mark(x, y, round(step - gap, 1), height, bar.title, bar.url, bar.kind)


def _row(y: float, bar: Bar, label_width: float, width: float) -> Mark:
    width = max(round(width, 1), 1)
    name = Text(round(label_width - 8, 1), y + 12.5, cut(bar.label, label_width - 14), "end", "cat")
    number = Text(round(label_width + width + 6, 1), y + 12.5, count(bar.count), "start", "val")
    return Mark(round(label_width, 1), y, width, ROW - 6, bar.title, bar.url, bar.kind, (name, number))


def _across(at: float) -> float:
    return round(LEFT + at * (WIDTH - LEFT - RIGHT), 1)
