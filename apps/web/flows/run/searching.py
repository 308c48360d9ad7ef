"""Which runs are looked for: a form whose fields are those of the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone

from apps.flows.models import Run
from apps.web.flows.signs import CANCELED

_RESTS = Q(wanted=Run.Wanted.PAUSE) | Q(status=Run.Status.INACTIVE)
STATES = {
    "active": ("Active", Q(ended_at=None) & ~_RESTS),
    "waiting": ("Paused or waiting", Q(ended_at=None) & _RESTS),
    "succeeded": ("Succeeded", Q(status=Run.Status.SUCCEEDED)),
    "failed": ("Failed", Q(status=Run.Status.FAILED) & ~Q(error_name=CANCELED)),
    "canceled": ("Canceled", Q(status=Run.Status.FAILED, error_name=CANCELED)),
}


class Search(forms.Form):
    """What is looked for. What cannot be read is as if it were not there."""

    label = forms.CharField(label="Label", max_length=64, required=False)
    state = forms.ChoiceField(
        choices=[("", "Any"), *((name, words) for name, (words, _) in STATES.items())], required=False
    )
    tag = forms.CharField(max_length=64, required=False)
    flow = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, given: QueryDict, *, seen: QuerySet[Run]) -> None:
        super().__init__(given)
        named: dict[UUID, str] = dict(seen.order_by().values_list("flow_id", "flow_title").distinct()[:200])
        choices = sorted(((str(flow_id), title) for flow_id, title in named.items()), key=lambda one: one[1].casefold())
        self.fields["flow"].choices = [("", "Any"), *choices]  # type: ignore[attr-defined]  # a field of choices
        for field in self.fields.values():
            field.widget.attrs |= {"class": "input small", "autocomplete": "off"}
        self.is_valid()
        self.asked: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def lasting(self) -> dict[str, Any]:
        """What is asked besides how and when they were."""
        return {name: value for name, value in self.asked.items() if name not in {"state", "since", "until"}}

    def found(self, runs: QuerySet[Run], told: Mapping[str, Any] | None = None) -> QuerySet[Run]:
        """``told`` is a part of what is asked, if not all of it counts."""
        asked = Q()
        for name, value in (self.asked if told is None else told).items():
            asked &= self._condition(name, value)
        if "tag" in self.asked:
            runs = runs.annotate(words=Cast("tags", TextField()))
        return runs.filter(asked)

    def _condition(self, name: str, value: Any) -> Q:
        match name:
            case "label":
                return Q(label__icontains=value) | Q(flow_title__icontains=value)
            case "state":
                return STATES[value][1]
            case "tag":
                return Q(words__icontains=f'"{value}"')
            case "flow":
                return Q(flow_id=value)
            case "since":
                return Q(started_at__gte=_begin(value))
        return Q(started_at__lt=_begin(value) + timedelta(days=1))

    def url(self, page: int) -> str:
        return f"?{urlencode({**self.asked, 'page': page})}"


def _begin(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
