"""A calendar of what will run, and of how that went which did: a month as a table, a week as a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from apps.timers.services import PastTurns, Tally
from apps.web.context import Link
from apps.web.pages import SignedInPage
from apps.web.tasks.states import State
from apps.web.timers import zones
from apps.web.timers.signs import OF_TURNS
from apps.web.timers.spans import Span, bounds
from apps.web.values import plural

MOST = {"month": 4, "week": 200}
"""Lines of a day."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Entry:
    """Turns of a timer on a day. ``many`` counts them unless it is one; ``sign`` says how they went, if they were."""

    at: datetime
    name: str
    url: str
    many: str = ""
    sign: State | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """``more`` is how many entries there are besides, ``week_url`` where all of them are."""

    date: date
    entries: tuple[Entry, ...]
    more: int
    week_url: str
    is_today: bool
    is_outside: bool


class Calendar(SignedInPage):
    template = "web/timers/calendar.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        zone = zones.zone_of(request)
        today = timezone.now().astimezone(zone).date()
        span = Span.asked(request.GET, today)
        told = zone.key if "zone" in request.GET else ""
        moments = bounds(span.days, zone)
        coming, is_cut = timers.coming_turns(moments, actor=self.user)
        entries = _entries(len(span.days), timers.past_turns(moments, actor=self.user), coming)
        days = [_day(day, entries[number], span, today, told) for number, day in enumerate(span.days)]
        return self.page(
            span=span,
            weeks=[days[number : number + 7] for number in range(0, len(days), 7)],
            weekdays=WEEKDAYS,
            is_empty=not any(entries),
            is_cut=is_cut,
            has_timers=timers.find_timers(actor=self.user).exists(),
            zone=zone.key,
            zones=zones.CHOICES,
            kept=span.query,
            **_links(span, today, told),
        )


def _links(span: Span, today: date, zone: str) -> dict[str, Any]:
    before, after = span.beside(-1, today), span.beside(1, today)
    now = Span.month(today) if span.kind == "month" else Span.week(today)
    near = today if span.first <= today <= span.last else span.first
    return {
        "before": Link(before.title, before.url(zone)) if before else None,
        "after": Link(after.title, after.url(zone)) if after else None,
        "today": Link("Today", now.url(zone), is_current=now == span),
        "shapes": [
            Link("Month", Span.month(near).url(zone), span.kind == "month"),
            Link("Week", Span.week(near).url(zone), span.kind == "week"),
        ],
    }


def _entries(days: int, past: list[PastTurns], coming: list[tuple[Timer, list[Tally]]]) -> list[list[Entry]]:
    """Of each day, in the order of their times."""
    found: list[list[Entry]] = [[] for _ in range(days)]
    for turns in past:
        found[turns.day].append(_past(turns))
    for timer, tallies in coming:
        for number, tally in enumerate(tallies):
            found[number] += _coming(timer, tally)
    return [sorted(entries, key=lambda entry: entry.at) for entries in found]


def _past(turns: PastTurns) -> Entry:
    many = plural(turns.count, "turn", "turns") if turns.count > 1 else ""
    return Entry(turns.first_at, str(turns.timer), _url(turns.timer), many, OF_TURNS[Turn.State(turns.state)])


def _coming(timer: Timer, tally: Tally) -> Iterator[Entry]:
    """Few stand by their times; many are counted."""
    if tally.count > len(tally.first):
        yield Entry(tally.first[0], str(timer), _url(timer), plural(tally.count, "turn", "turns"))
        return
    for at in tally.first:
        yield Entry(at, str(timer), _url(timer))


def _url(timer: Timer) -> str:
    return reverse("web:timers:timer", args=[timer.pk])


def _day(day: date, entries: list[Entry], span: Span, today: date, zone: str) -> Day:
    most = MOST[span.kind]
    return Day(
        date=day,
        entries=tuple(entries[:most]),
        more=max(len(entries) - most, 0),
        week_url=f"{Span.week(day).url(zone)}#day-{day}" if span.kind == "month" else "",
        is_today=day == today,
        is_outside=not span.first <= day <= span.last,
    )
