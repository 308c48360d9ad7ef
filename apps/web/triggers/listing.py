"""All triggers of a person, narrowed by name, kind and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import page_of
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.web.context import Link
from apps.web.pages import SignedInPage
from apps.web.tasks.states import State
from apps.web.triggers.names import Names, names_of
from apps.web.triggers.signs import sign_of
from apps.web.triggers.words import words_of
from apps.web.values import count

SIZE = 50


class Search(forms.Form):
    """What is looked for. What cannot be read is as if it were not there."""

    name = forms.CharField(label="Name", max_length=Trigger.LONGEST_NAME, required=False)
    kind = forms.ChoiceField(label="Waits for", choices=[("", "Any"), *Trigger.Kind.choices], required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), *Trigger.State.choices], required=False)

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "input small", "autocomplete": "off"}
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    def found(self, actor: User) -> QuerySet[Trigger]:
        """The newest first."""
        found = triggers.find_triggers(actor=actor)
        for name, lookup in (("name", "name__icontains"), ("kind", "kind"), ("state", "state")):
            if name in self.asked:
                found = found.filter(**{lookup: self.asked[name]})
        return found.order_by("-made_at", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    kind: str
    waits_for: str
    flow: Link
    sign: State
    trouble: str
    last_fired_at: datetime | None
    fired: str
    errors: str


class Triggers(SignedInPage):
    template = "web/triggers/triggers.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        search = Search(request.GET)
        shown, pages = page_of(search.found(self.user), request, size=SIZE)
        names = names_of(shown, self.user)
        return self.page(search=search, lines=[_line(one, names) for one in shown], pages=pages)


def _line(trigger: Trigger, names: Names) -> Line:
    return Line(
        url=reverse("web:triggers:trigger", args=[trigger.pk]),
        name=trigger.name,
        kind=Trigger.Kind(trigger.kind).label,
        waits_for=words_of(trigger.watched, names),
        flow=names.flow(trigger.flow_id),
        sign=sign_of(trigger),
        trouble=trigger.trouble,
        last_fired_at=trigger.last_fired_at,
        fired=count(trigger.fired),
        errors=count(trigger.errors),
    )
