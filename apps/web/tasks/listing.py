"""All tasks of a person, as a list that is searched and narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import Pages
from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.web.pages import SignedInPage
from apps.web.results.pager import number_in
from apps.web.tasks.progress import share_of
from apps.web.tasks.states import State, state_of
from apps.web.values import count, size

SIZE = 50
STATES = {
    "active": ("Active", Q(completed_at=None) & ~Q(wanted=Task.Wanted.PAUSE)),
    "paused": ("Paused", Q(completed_at=None, wanted=Task.Wanted.PAUSE)),
    "succeeded": ("Succeeded", Q(status=Task.Status.SUCCEEDED)),
    "failed": ("Failed", Q(status=Task.Status.FAILED) & ~Q(fatal_code="CANCELED")),
    "canceled": ("Canceled", Q(fatal_code="CANCELED")),
}
EVERYBODY = "everybody"


class Search(forms.Form):
    """What is looked for. What cannot be read is as if it were not there."""

    label = forms.CharField(label="Label", max_length=255, required=False)
    state = forms.ChoiceField(
        choices=[("", "Any"), *((name, words) for name, (words, _) in STATES.items())], required=False
    )
    type = forms.ChoiceField(choices=[("", "Any"), *Task.Type.choices], required=False)
    whose = forms.ChoiceField(choices=[("", "Mine"), (EVERYBODY, "Everybody’s")], required=False)

    def __init__(self, given: QueryDict, *, actor: User) -> None:
        super().__init__(given)
        if not actor.is_superuser:
            del self.fields["whose"]
        for field in self.fields.values():
            field.widget.attrs |= {"class": "input small", "autocomplete": "off"}
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    def found(self, actor: User) -> QuerySet[Task]:
        is_everybody = self.asked.get("whose") == EVERYBODY
        tasks = transfer.visible_tasks(actor) if is_everybody else transfer.tasks_of(actor)
        asked = Q()
        if "label" in self.asked:
            asked &= Q(label__icontains=self.asked["label"])
        if "state" in self.asked:
            asked &= STATES[self.asked["state"]][1]
        if "type" in self.asked:
            asked &= Q(task_type=self.asked["type"])
        return tasks.filter(asked)

    def url(self, page: int) -> str:
        return f"?{urlencode({**self.asked, 'page': page})}"


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    ends: str
    owner: str
    state: State
    share: int | None
    is_over: bool
    files: str
    bytes: str
    faults: str
    requested_at: datetime
    completed_at: datetime | None


class Tasks(SignedInPage):
    template = "web/tasks/tasks.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        search = Search(request.GET, actor=self.user)
        found, number = search.found(self.user), number_in(request.GET.get("page", ""))
        lines = [_line(task) for task in found[(number - 1) * SIZE : number * SIZE]]
        return self.page(
            search=search,
            lines=lines,
            pages=Pages.of(number, size=SIZE, total=found.count(), url=search.url),
            follows=any(not line.is_over for line in lines),
            shows_owner="whose" in search.asked,
        )


def _line(task: Task) -> Line:
    told: dict[str, Any] = {"files": count(task.files), "bytes": size(task.bytes_sent)}
    if not task.is_transfer:
        told = {"files": count(task.subtasks), "bytes": ""}
    return Line(
        url=reverse("web:tasks:task", args=[task.pk]),
        name=name_of(task),
        ends=ends_in_words(task) if task.label else "",
        owner=task.owner.get_short_name(),
        state=state_of(task),
        share=share_of(task),
        is_over=task.is_over,
        faults=count(task.faults),
        requested_at=task.requested_at,
        completed_at=task.completed_at,
        **told,
    )


def name_of(task: Task) -> str:
    """Its label, or what it does."""
    return task.label or ends_in_words(task)


def ends_in_words(task: Task) -> str:
    if task.is_transfer:
        return f"{task.source_name} to {task.destination_name}"
    return f"Delete in {task.destination_name}"
