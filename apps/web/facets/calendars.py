"""Date facets: years, the months of a year that was chosen, the days of a month that was."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps.search import dates
from apps.search.forms.choices import Choice, How
from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, DateHistogram, FacetResult, Interval
from apps.web.facets.facet import Option
from apps.web.values import year

MOST_OPEN = 3
"""So many years, and so many months, are unfolded at once: each is a facet of its own."""


@dataclass(frozen=True, slots=True)
class Level:
    """``length`` is how long a value of it is: ``2021-04`` has the month's seven characters."""

    how: How
    interval: Interval
    length: int


LEVELS = (Level(How.YEAR, Interval.YEAR, 4), Level(How.MONTH, Interval.MONTH, 7), Level(How.DAY, Interval.DAY, 10))


def asks(path: str, anchor: str, state: UrlState) -> list[AnyFacet]:
    found: list[AnyFacet] = [DateHistogram(name=anchor, path=path, interval=Interval.YEAR)]
    for at in (1, 2):
        for value in _opened(path, state, at):
            span = dates.span(value)
            if span:
                interval, (low, high) = LEVELS[at].interval, span
                name = f"{anchor}.{value}"
                found.append(DateHistogram(name=name, path=path, interval=interval, low=low, high=high))
    return found


def options(path: str, anchor: str, state: UrlState, results: Mapping[str, FacetResult]) -> list[Option]:
    """Years, the newest first; beneath what is chosen its months and days in their order."""
    return list(_level(path, anchor, state, results, 0, ""))


def _level(
    path: str, anchor: str, state: UrlState, results: Mapping[str, FacetResult], at: int, within: str
) -> Iterator[Option]:
    level = LEVELS[at]
    result = results.get(f"{anchor}.{within}" if within else anchor)
    if result is None:
        return
    counts = {_value(bucket.value, level): bucket.count for bucket in result.buckets}
    chosen = [value for value in _chosen(path, state, level) if value.startswith(within)]
    rows = dict.fromkeys(sorted({*counts, *chosen}, reverse=not within), 0) | counts
    most = max([*rows.values(), 1])
    opened = _opened(path, state, at + 1)
    for value, n in rows.items():
        key = Choice(path, level.how, value).key
        yield Option(
            anchor=f"{anchor}-{value}",
            name=key,
            value=value,
            label=_label(value),
            count=n,
            share=round(100 * n / most),
            is_chosen=value in chosen,
            level=at,
        )
        if value in opened:
            yield from _level(path, anchor, state, results, at + 1, value)


def _opened(path: str, state: UrlState, at: int) -> list[str]:
    """The values above this level whose parts are shown: those chosen, and those of which a part is chosen."""
    if at >= len(LEVELS):
        return []
    above = LEVELS[at - 1]
    values = (value for level in LEVELS[at - 1 :] for value in _chosen(path, state, level))
    return list(dict.fromkeys(value[: above.length] for value in values))[:MOST_OPEN]


def _chosen(path: str, state: UrlState, level: Level) -> list[str]:
    """Those that are written as the boxes write them; others stand among the chips alone."""
    return [value for value in state.chosen(path, level.how) if len(value) == level.length and dates.span(value)]


def _value(ms: object, level: Level) -> str:
    if level.how is How.YEAR or not isinstance(ms, int | float):
        return year(ms)
    return dates.moment(int(ms)).isoformat()[: level.length]


def _label(value: str) -> str:
    """A month by its name, a day with its month's; years as they are."""
    _, *parts = value.split("-")
    if not parts:
        return value
    month = month_name[int(parts[0])]
    return f"{int(parts[1])} {month}" if len(parts) > 1 else month
