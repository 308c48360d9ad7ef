"""All timers of a person, searched and narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import page_of
from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from apps.web.context import Link
from apps.web.pages import SignedInPage
from apps.web.tasks.states import State
from apps.web.timers.signs import sign_of, sign_of_turn
from apps.web.timers.what import whats_of
from apps.web.timers.zones import zone_of
from apps.web.values import count

SIZE = 50


class Search(forms.Form):
    """What is looked for. What cannot be read is as if it were not there."""

    name = forms.CharField(label="Name", max_length=Timer.LONGEST_NAME, required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), *Timer.State.choices], required=False)

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "input small", "autocomplete": "off"}
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    def found(self, actor: User) -> QuerySet[Timer]:
        """Those first whose turn comes first, or would if they did not rest; last those that have ended."""
        found = timers.find_timers(actor=actor)
        if "name" in self.asked:
            found = found.filter(name__icontains=self.asked["name"])
        if "state" in self.asked:
            found = found.filter(state=self.asked["state"])
        return found.order_by(F("due_at").asc(nulls_last=True), "-submitted_at", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    what: Link
    rhythm: str
    sign: State
    next_at: datetime | None
    last_at: datetime | None
    last_sign: State | None
    errors: str


class Timers(SignedInPage):
    template = "web/timers/timers.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        search = Search(request.GET)
        shown, pages = page_of(search.found(self.user), request, size=SIZE)
        whats, latest = whats_of(shown, self.user), timers.latest_turns(shown)
        lines = [_line(one, whats[one.pk], latest.get(one.pk)) for one in shown]
        return self.page(search=search, lines=lines, pages=pages, zone=zone_of(request).key)


def _line(timer: Timer, what: Link, last: Turn | None) -> Line:
    return Line(
        url=reverse("web:timers:timer", args=[timer.pk]),
        name=name_of(timer, what),
        what=what,
        rhythm=timers.words_of_rhythm(timer.schedule.rhythm),
        sign=sign_of(timer),
        next_at=timer.due_at if timer.state == Timer.State.ACTIVE else None,
        last_at=last.at if last else None,
        last_sign=sign_of_turn(last) if last else None,
        errors=count(timer.errors),
    )


def name_of(timer: Timer, what: Link) -> str:
    """Its name, or what it does: those that came by the API may have none."""
    return timer.name or what.label
