"""A timer is made from a transfer, or from a flow and its input: “Repeat this”."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.common.errors import Invalid, PortalError
from apps.flows.errors import InvalidInput
from apps.flows.models import Run
from apps.flows.services import RunChanges
from apps.timers import services as timers
from apps.timers.errors import InvalidSchedule
from apps.timers.models import Timer
from apps.timers.services import NewTimer
from apps.transfer import forms as transfer
from apps.transfer.errors import InvalidTask, NoSuchTask
from apps.web.flows.start import OWN, InputPage, RunForm, faults_in, unjudged
from apps.web.pages import Page
from apps.web.schema_forms.fields import ABSENT, Typed
from apps.web.schema_forms.form import FormView, SchemaForm
from apps.web.tasks import words
from apps.web.tasks.base import TaskPage
from apps.web.tasks.listing import ends_in_words, name_of
from apps.web.tasks.places import ends_of
from apps.web.timers import zones
from apps.web.timers.forms import NameForm, SyncForm, WhenForm
from apps.web.timers.preview import preview_of

CREATE, PREVIEW = "create", "preview"


class RepeatPage(Page):
    """With a name, and when. What is begun each time is said by others."""

    name: NameForm
    when: WhenForm

    def empty(self, name: str) -> None:
        self.name = NameForm(initial={"name": name[: Timer.LONGEST_NAME]})
        self.when = WhenForm(now=timezone.now(), initial={"zone": zones.zone_of(self.request).key})

    def read(self) -> bool:
        """What was sent; whether nothing is wrong with it."""
        self.name = NameForm(self.request.POST)
        self.when = WhenForm(self.request.POST, now=timezone.now())
        return self.name.is_valid() & self.when.is_valid()

    def create(self, *, kind: str, body: dict[str, Any], **what: Any) -> HttpResponse:
        """
        Raises:
            PortalError: it cannot be.
        """
        told = self.when.changes
        new = NewTimer(
            kind=kind,
            body=body,
            schedule=told.schedule,
            name=self.name.cleaned_data["name"],
            missed=told.missed,
            overlap=told.overlap,
            most_failures=told.most_failures,
            **what,
        )
        timer = timers.create_timer(actor=self.user, told=new, now=timezone.now())
        zones.remember(self.request, self.when.cleaned_data["zone"])
        self.tell("The timer is made.")
        return redirect("web:timers:timer", timer.pk)

    def create_or_tell(self, *, kind: str, body: dict[str, Any], **what: Any) -> HttpResponse | None:
        """None: it cannot be, and the form says why."""
        try:
            return self.create(kind=kind, body=body, **what)
        except InvalidSchedule as error:
            self.when.refuse(error)
        except PortalError as error:
            self.when.add_error(None, error.message)
        return None

    @property
    def planned(self) -> dict[str, Any]:
        """Values of ``_when.html``. What has no beginning of its own begins in the minute that it is now."""
        since = timezone.now().replace(second=0, microsecond=0)
        return {"name": self.name, "when": self.when, "preview": preview_of(self.when, since=since)}


class RepeatTransfer(TaskPage, RepeatPage):
    """The owner's alone, because what the timer begins is theirs."""

    template = "web/timers/repeat_transfer.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        self.require_repeatable()
        self.empty(name_of(self.task))
        level = self.task.options.sync_level
        return self.shown(SyncForm(initial={"sync": "" if level is None else str(level)}))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.require_repeatable()
        button, sync = request.POST.get("do"), SyncForm(request.POST)
        if not self.read() & sync.is_valid() or button != CREATE:
            return self.shown(sync, status=400 if button == CREATE else 200)
        body = {**transfer.submission(self.task), "sync_level": sync.level}
        return self.create_or_tell(kind=Timer.Kind.TRANSFER, body=body) or self.shown(sync, status=400)

    def require_repeatable(self) -> None:
        """
        Raises:
            NoSuchTask: it is another's.
            InvalidTask: no timer begins such.
        """
        if self.task.owner_id != self.user.pk:
            raise NoSuchTask
        if not self.task.is_transfer:
            raise InvalidTask("Timers begin transfers and flows. What deletes regularly is a flow with a delete in it.")
        if self.task.source_id is None or self.task.destination_id is None:
            raise InvalidTask("A collection of this transfer was deleted. Submit a new one, and repeat that.")

    def shown(self, sync: SyncForm, *, status: int = 200) -> HttpResponse:
        task = self.task
        return self.page(
            status=status,
            sync=sync,
            task=task,
            task_name=name_of(task),
            ends_text=ends_in_words(task),
            ends=ends_of(task),
            options=words.options(task.options, is_transfer=True)[1:],  # the first is about files that are there
            **self.planned,
        )


class RepeatFlow(InputPage, RepeatPage):
    """With the input of a run, if the address names one."""

    template = "web/timers/repeat_flow.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form, run = self.input_form(), self.given_run(request)
        self.empty((run.label if run else "") or self.flow.title)
        return self.shown(form.shown(form.typed(run.input if run else ABSENT)), self._about(run))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, about, button = self.input_form(), RunForm(request.POST, reader=self.user), request.POST.get("do", "")
        is_right, typed = self.read() & about.is_valid(), form.sent(request.POST.dict())
        if button == PREVIEW:
            return self.shown(form.shown(typed), about)
        if button not in {*OWN, CREATE}:
            self.name, self.when = unjudged(self.name), unjudged(self.when)
            return self.shown(form.after(typed, button), unjudged(about))
        found = form.read(typed)
        if found.faults or not is_right or button != CREATE:
            return self.shown(form.shown(typed, found.faults), about, status=400 if button == CREATE else 200)
        return self._create(form, typed, found.value, about)

    def _create(self, form: SchemaForm, typed: Typed, value: Any, about: RunForm) -> HttpResponse:
        body, view = _body(value, about.changes), form.shown(typed)
        try:
            return self.create(kind=Timer.Kind.FLOW, body=body, flow_id=self.flow.pk)
        except InvalidInput as error:
            view = form.shown(typed, faults_in(error))
        except InvalidSchedule as error:
            self.when.refuse(error)
        except Invalid as error:
            about.add_error(error.place if error.place in about.fields else None, error.message)
        return self.shown(view, about, status=400)

    def _about(self, run: Run | None) -> RunForm:
        told = {"label": run.label, "tags": run.tags, "notify_on": run.notify_on} if run else {}
        return RunForm(reader=self.user, initial=told)

    def shown(self, view: FormView, about: RunForm, *, status: int = 200) -> HttpResponse:
        return self.page(view=view, about=about, version=self.version, status=status, **self.planned)


def _body(value: Any, told: RunChanges) -> dict[str, Any]:  # Any: JSON
    """The document with which a run is started."""
    people = {f"run_{role}s": list(principals) for role, principals in told.roles.items()}
    said = {"label": told.label, "tags": list(told.tags or ()), **people}
    policy = {"activity_notification_policy": {"status": list(told.notify_on or ())}}
    return {"body": value, **{name: one for name, one in said.items() if one}, **policy}
