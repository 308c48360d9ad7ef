"""The list of flows that one may see, searched, narrowed and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from apps.access.services import Actor
from apps.common.paging import Pages
from apps.flows import services as flows
from apps.flows.models import Flow
from apps.flows.services import FlowTold
from apps.flows.types import FLOW_ROLES
from apps.web.context import Link
from apps.web.flows.questions import waiting_for
from apps.web.pages import Page
from apps.web.results.pager import number_in

SIZE = 50
MOST_TEXT = 255
SORTS = {"title": "Title", "-updated_at": "Modified", "-created_at": "Created"}
SHELVES = {"": "All", "owner": "Yours", "administrator": "You may change", "starter": "You may start"}


def _turned(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


class Search(forms.Form):
    """What is looked for. What cannot be read is as if it were not there."""

    q = forms.CharField(max_length=MOST_TEXT, required=False)
    role = forms.ChoiceField(choices=list(SHELVES.items()), required=False)
    sort = forms.ChoiceField(choices=[(name, name) for one in SORTS for name in (one, _turned(one))], required=False)

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        self.is_valid()
        self.asked: dict[str, str] = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def text(self) -> str:
        return self.asked.get("q", "")

    @property
    def sort_key(self) -> str:
        return self.asked.get("sort", "-updated_at")

    def found(self, actor: Actor) -> QuerySet[Flow]:
        kept = flows.flows_seen_by(actor, FLOW_ROLES[self.asked.get("role", "viewer")])
        kept = kept.annotate(words=Cast("keywords", TextField()))
        for word in self.text.split():
            named = [f"{name}__icontains" for name in ("title", "subtitle", "description", "words")]
            kept = kept.filter(Q(*((name, word) for name in named), _connector=Q.OR))
        return kept.select_related("version").order_by(self.sort_key, "pk")

    def url(self, **changed: object) -> str:
        asked = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return reverse("web:flows:flows") + (f"?{urlencode(asked)}" if asked else "")


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    start_url: str
    title: str
    subtitle: str
    steps: int
    keywords: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """``order`` is as aria-sort says it, "" if the lines are in another order."""

    label: str
    url: str = ""
    order: str = ""


class Flows(Page):
    template = "web/flows/flows.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        search, number = Search(request.GET), number_in(request.GET.get("page", ""))
        found = search.found(self.actor)
        shown = flows.tell_of_flows(found[(number - 1) * SIZE : number * SIZE], self.actor)
        role = search.asked.get("role", "")
        return self.page(
            q=search.text,
            kept=[(name, value) for name, value in search.asked.items() if name != "q"],
            shelves=[Link(label, search.url(role=one), one == role) for one, label in SHELVES.items()],
            columns=_columns(search),
            lines=[_line(told) for told in shown],
            pages=Pages.of(number, size=SIZE, total=found.count(), url=lambda page: search.url(page=page)),
            all_url=reverse("web:flows:flows"),
            is_narrowed=bool(search.text or role),
            questions=waiting_for(self.actor),
        )


def _columns(search: Search) -> list[Column]:
    titles: dict[str, Any] = {}
    for key, label in SORTS.items():
        is_current = search.sort_key.removeprefix("-") == key.removeprefix("-")
        order = ("descending" if search.sort_key.startswith("-") else "ascending") if is_current else ""
        wanted = _turned(search.sort_key) if is_current else key
        titles[label] = Column(label, search.url(sort=wanted), order)
    return [titles["Title"], Column("States"), Column("Keywords"), titles["Created"], titles["Modified"]]


def _line(told: FlowTold) -> Line:
    flow = told.flow
    assert flow.version is not None  # every flow has one
    return Line(
        url=reverse("web:flows:flow", args=[flow.pk]),
        start_url=reverse("web:flows:start", args=[flow.pk]) if told.may("starter") else "",
        title=flow.title,
        subtitle=flow.subtitle,
        steps=len(flow.version.definition.get("States", ())),
        keywords=tuple(flow.keywords),
        created_at=flow.created_at,
        updated_at=flow.updated_at,
    )
