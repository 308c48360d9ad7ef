"""The speed of a task as a chart, with its table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone

from apps.transfer.services import Stretch
from apps.web.charts.drawing import columns, thinned
from apps.web.charts.figure import Figure, Row, Table
from apps.web.charts.shapes import Bar
from apps.web.tasks.progress import mean
from apps.web.tasks.words import speed

MOST_BARS = 40
STEPS_S = (2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800)
_UNITS = ((1e9, "GB/s"), (1e6, "MB/s"), (1e3, "kB/s"), (1, "bytes/s"))


def figure(stretches: Sequence[Stretch]) -> Figure | None:
    """None until there is something to draw. Times when nothing was sent are drawn, too."""
    if not stretches:
        return None
    begin = stretches[0].at - timedelta(seconds=stretches[0].seconds)
    total = max((stretches[-1].at - begin).total_seconds(), 1.0)
    step = STEPS_S[min(bisect_left(STEPS_S, total / MOST_BARS), len(STEPS_S) - 1)]
    speeds = _speeds([_placed(one, begin) for one in stretches], step, total)
    most = max(speeds)
    unit, name = next((unit, name) for unit, name in _UNITS if most >= 10 * unit or unit == 1)
    written = "%H:%M:%S" if step < 60 else "%H:%M" if total < 86_400 else "%-d %b, %H:%M"
    starts = [timezone.localtime(begin + timedelta(seconds=at * step)).strftime(written) for at in range(len(speeds))]
    bars = [Bar(start, round(value / unit)) for start, value in zip(starts, speeds, strict=True)]
    return Figure(
        title=f"Speed in {name}",
        fact=f"mean {speed(mean(list(stretches)) or 0)}, at most {speed(most)}",
        drawing=columns(bars, ticks=thinned(starts)[::2]),
        table=Table(("From", name), tuple(Row(bar.label, "", (bar,)) for bar in bars)),
    )


def _placed(one: Stretch, begin: datetime) -> tuple[float, float, int]:
    """From when to when, in seconds since the beginning, and how many bytes."""
    end = (one.at - begin).total_seconds()
    return max(end - one.seconds, 0.0), end, one.bytes_sent


def _speeds(stretches: Sequence[tuple[float, float, int]], step: int, total: float) -> list[float]:
    """Bytes a second in each step; what lies across two counts in both for its share."""
    sent = [0.0] * ceil(total / step)
    for start, end, number in stretches:
        for at in range(int(start // step), min(int(end // step), len(sent) - 1) + 1):
            inside = min(end, (at + 1) * step) - max(start, at * step)
            sent[at] += number * (inside / (end - start) if end > start else 1.0)
    lengths = [min(step, total - at * step) for at in range(len(sent))]
    return [number / length if length > 0.5 else 0.0 for number, length in zip(sent, lengths, strict=True)]
