"""Runs by status over time: a chart of the last weeks, and how many there are of each kind now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from apps.flows.models import Run
from apps.web.charts.drawing import thinned
from apps.web.charts.figure import Figure, Row, Table
from apps.web.charts.shapes import Bar
from apps.web.charts.stacked import Part, Pile, stacked
from apps.web.flows.run.searching import STATES
from apps.web.flows.signs import Sign
from apps.web.values import plural

DAYS = 14
SIGNS = {
    "succeeded": Sign.SUCCEEDED,
    "failed": Sign.FAILED,
    "canceled": Sign.CANCELED,
    "waiting": Sign.PAUSED,
    "active": Sign.ACTIVE,
}


@dataclass(frozen=True, slots=True)
class Total:
    """``url`` leads to those runs."""

    sign: Sign
    words: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    totals: tuple[Total, ...]
    figure: Figure


def dashboard_of(runs: QuerySet[Run], now: datetime, *, kept: Sequence[tuple[str, str]] = ()) -> Dashboard | None:
    """None where nothing was begun in that time. ``kept`` stays in the links."""
    today = timezone.localtime(now).date()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    begin = timezone.make_aware(datetime.combine(days[0], time()))
    recent = runs.filter(started_at__gte=begin).order_by()
    numbers = {name: _by_day(recent, name) for name in SIGNS}
    total = sum(sum(counted.values()) for counted in numbers.values())
    if not total:
        return None
    piles = [_pile(day, numbers, kept) for day in days]
    totals = (
        Total(sign, STATES[name][0].lower(), sum(numbers[name].values()), _url(kept, state=name, since=days[0]))
        for name, sign in SIGNS.items()
    )
    return Dashboard(tuple(one for one in totals if one.number), _figure(piles, total, days))


def _by_day(runs: QuerySet[Run], state: str) -> Counter[date]:
    days = runs.filter(STATES[state][1]).annotate(day=TruncDate("started_at")).values_list("day")
    return Counter(dict(days.annotate(number=Count("pk"))))


def _pile(day: date, numbers: dict[str, Counter[date]], kept: Sequence[tuple[str, str]]) -> Pile:
    parts = tuple(
        Part(STATES[name][0], numbers[name][day], f"run-{sign.kind}", _url(kept, state=name, since=day, until=day))
        for name, sign in SIGNS.items()
    )
    return Pile(f"{day:%-d %b}", parts)


def _figure(piles: Sequence[Pile], total: int, days: Sequence[date]) -> Figure:
    shown = [at for at, part in enumerate(piles[0].parts) if any(pile.parts[at].count for pile in piles)]
    head = ("Day", *(piles[0].parts[at].label for at in shown))
    rows = tuple(
        Row(pile.label, "", tuple(Bar(pile.label, pile.parts[at].count, pile.parts[at].url) for at in shown))
        for pile in piles
    )
    return Figure(
        title="Runs by day",
        fact=f"{plural(total, 'run', 'runs')} since {days[0]:%-d %b}",
        drawing=stacked(piles, ticks=thinned([pile.label for pile in piles])),
        table=Table(head, rows),
    )


def _url(kept: Sequence[tuple[str, str]], **asked: object) -> str:
    return f"?{urlencode([*kept, *asked.items()])}"
