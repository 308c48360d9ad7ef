"""Date histograms with bounds inside of an interval.

The engine's ``hard_bounds`` keep or drop whole intervals, and a filter keeps or drops whole documents. So an interval
that a bound cuts is counted by a range of its own, and the histogram counts the whole ones between.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.search import dates
from apps.search.types import DateHistogram, Interval

END = dates.LAST_MS + 1
"""The calendar ends with the year 9999."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An interval that is not counted whole: it begins at ``start``; instants from ``low`` to before ``high`` count."""

    start: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Whole intervals from ``low`` to before ``high``, none if they meet; and the intervals that are cut."""

    low: int
    high: int
    cuts: tuple[Cut, ...] = ()


def plan(facet: DateHistogram) -> Plan:
    """How to count within the facet's bounds."""
    low = dates.FIRST_MS if facet.low is None else min(max(facet.low, dates.FIRST_MS), END)
    high = END if facet.high is None else min(max(facet.high + 1, dates.FIRST_MS), END)
    if low >= high:
        return Plan(0, 0)
    first, second = _interval(low, facet.interval)
    last, end = _interval(high - 1, facet.interval)
    if first == last and (first < low or high < end):
        return Plan(0, 0, (Cut(first, low, high),))
    cuts = []
    if first < low:
        cuts.append(Cut(first, low, second))
        low = second
    if high < end:
        cuts.append(Cut(last, last, high))
        high = last
    return Plan(low, high, tuple(cuts))


def _interval(ms: int, interval: Interval) -> tuple[int, int]:
    """Where the interval of an instant begins, and where the next one does."""
    start = dates.floor(dates.moment(ms), interval)
    return dates.milliseconds(start), dates.last_of(start, interval) + 1
