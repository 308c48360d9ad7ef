"""Upright bars of several parts, one upon the other: how many of each kind there were, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.web.charts.drawing import FOOT, HEIGHT, LEFT, RIGHT, TOP, round_numbers, short
from apps.web.charts.shapes import WIDTH, Drawing, Line, Mark, Text, Tick
from apps.web.values import count

GAP = 0.22


@dataclass(frozen=True, slots=True)
class Part:
    """``kind`` is the class of its bar."""

    label: str
    count: int
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """The lowest part first."""

    label: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


def stacked(piles: Sequence[Pile], *, ticks: Sequence[Tick]) -> Drawing:
    base = HEIGHT - FOOT
    most = max((pile.total for pile in piles), default=0)
    marks = [mark for mark in round_numbers(0, max(most, 1)) if mark == int(mark)]
    scale = (base - TOP) / max(most, marks[-1], 1)
    step = (WIDTH - LEFT - RIGHT) / max(len(piles), 1)
    lines, texts = [], []
    for mark in marks:
        y = round(base - mark * scale, 1)
        lines.append(Line("grid" if mark else "axis", LEFT, y, WIDTH - RIGHT, y))
        texts.append(Text(LEFT - 5, y + 4, short(mark), "end"))
    for tick in ticks:
        x = round(LEFT + tick.at * (WIDTH - LEFT - RIGHT), 1)
        texts.append(Text(x, base + 16, tick.text, "end" if tick.at > 0.97 else "middle"))
    drawn = [one for at, pile in enumerate(piles) for one in _pile(LEFT + at * step, step, pile, base, scale)]
    return Drawing(HEIGHT, tuple(lines), tuple(drawn), tuple(texts))


def _pile(x: float, step: float, pile: Pile, base: float, scale: float) -> list[Mark]:
    found, y = [], base
    for part in pile.parts:
        height = part.count * scale
        y -= height
        if part.count:
            title = f"{pile.label}, {part.label}: {count(part.count)}"
            across = round(x + step * GAP / 2, 1), round(step * (1 - GAP), 1)
            found.append(
                Mark(across[0], round(y, 1), across[1], max(round(height, 1), 0.5), title, part.url, part.kind)
            )
    return found
