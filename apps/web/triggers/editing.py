"""The form of a trigger: begun, tried, proposed for, and saved. Each button sends all of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from apps.common.errors import NotFound, PortalError
from apps.flows import services as flows
from apps.flows.language.documents import to_json
from apps.triggers import forms as trigger_forms
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.services import Told
from apps.web.flows.vocabularies import vocabularies_of
from apps.web.pages import SignedInPage
from apps.web.schema_forms.fields import Typed
from apps.web.schema_forms.form import FormView, SchemaForm
from apps.web.triggers import trying
from apps.web.triggers.base import TriggerPage
from apps.web.triggers.documents import document_of, document_of_trigger, faults_of, value_of
from apps.web.triggers.helping import help_of
from apps.web.triggers.proposing import Proposed, proposed
from apps.web.triggers.schemas import schema_of
from apps.web.triggers.trying import TrialView

OWN = {"save", "begin", "try", "propose", "check", ""}
"""Buttons that are not of the fields."""
BODY = "input/body"
_ASKED = {
    "input/name": "name",
    "input/flow_id": "flow",
    "input/place/id": "collection",
    "input/place/path": "path",
    "input/index": "index",
    "input/query": "query",
}
"""Parameters of the address, by the fields that they fill in."""


@dataclass(frozen=True, slots=True)
class Sample:
    text: str = ""
    error: str = ""


class Kinds(SignedInPage):
    """What a new trigger is to wait for. What else the address says goes on to its form."""

    template = "web/triggers/kinds.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(asked=request.GET.urlencode())


class EditorPage(SignedInPage):
    """``kind`` is that of the trigger."""

    template = "web/triggers/form.html"
    kind: str

    def saved(self, told: Told, *, begins: bool) -> HttpResponse:
        raise NotImplementedError

    def begun(self, form: SchemaForm) -> dict[str, str]:
        """What is typed at first."""
        raise NotImplementedError

    def get(self, _request: HttpRequest) -> HttpResponse:
        form = self._form()
        return self.shown(form.shown(self.begun(form)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, button = self._form(), request.POST.get("do", "")
        typed, sample = form.sent(request.POST.dict()), Sample(request.POST.get("sample", ""))
        if button not in OWN:
            return self.shown(form.after(typed, button), sample)
        proposal = self._proposed(form, typed, is_asked=button == "propose")
        if proposal is not None:
            typed = {**typed, BODY: to_json(proposal.body)}
            return self.shown(form.shown(typed), sample, proposal=proposal)
        if button == "propose":
            return self.shown(form.shown(typed, {"/flow_id": "Choose a flow that you may start first."}), sample)
        return self._done(form, typed, sample, button)

    def _done(self, form: SchemaForm, typed: Typed, sample: Sample, button: str) -> HttpResponse:
        status = 400 if button in {"save", "begin"} else 200
        found = form.read(typed)
        if found.faults:
            return self.shown(form.shown(typed, found.faults), sample, status=status)
        try:
            told = trigger_forms.trigger_of(document_of(self.kind, found.value))
            if button in {"save", "begin"}:
                return self.saved(told, begins=button == "begin")
            if button == "try":
                return self._tried(form.shown(typed), told, sample)
        except PortalError as error:
            return self.shown(form.shown(typed, faults_of(error, found.value)), sample, status=status)
        return self.shown(form.shown(typed), sample)

    def _tried(self, view: FormView, told: Told, sample: Sample) -> HttpResponse:
        try:
            happened = trying.sample_in(sample.text, told.watched)
        except PortalError as error:
            return self.shown(view, Sample(sample.text, error.message))
        trial = triggers.try_trigger(actor=self.user, told=told, sample=happened, now=timezone.now())
        return self.shown(view, sample, trial=trying.shown(trial, self.kind))

    def _proposed(self, form: SchemaForm, typed: Typed, *, is_asked: bool) -> Proposed | None:
        """Asked for, or because nothing is written yet. Who writes the whole as JSON is left alone."""
        if BODY not in typed or (typed[BODY].strip() and not is_asked):
            return None
        filled = form.read(typed).value
        try:
            flow = flows.get_flow(UUID(filled["flow_id"]), actor=self.user)
        except (ValueError, KeyError, TypeError, PortalError):  # none is chosen, or nothing is filled in at all
            return None
        return proposed(self.kind, flow.version.input_schema if flow.version else {}, filled)

    def shown(
        self,
        view: FormView,
        sample: Sample = Sample(),
        *,
        proposal: Proposed | None = None,
        trial: TrialView | None = None,
        status: int = 200,
    ) -> HttpResponse:
        return self.page(
            view=view,
            kind=self.kind,
            kind_label=Trigger.Kind(self.kind).label,
            sample=sample,
            proposed=proposal,
            trial=trial,
            help=help_of(self.kind),
            status=status,
        )

    def _form(self) -> SchemaForm:
        return SchemaForm(schema_of(self.kind), self.user, vocabularies=vocabularies_of(self.user))


class New(EditorPage):
    """The form begins with what the address says: ``name``, ``flow``, ``collection`` and ``path``, ``index`` and
    ``query``; with a flow, its template is proposed at once."""

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        self.kind = str(parts.pop("kind"))
        if self.kind not in Trigger.Kind.values:
            raise NotFound
        return super().dispatch(request, *args, **parts)

    def begun(self, form: SchemaForm) -> dict[str, str]:
        typed = form.typed()
        asked = {name: self.request.GET[one] for name, one in _ASKED.items() if one in self.request.GET}
        typed = {**typed, **{name: text for name, text in asked.items() if name in typed}}
        proposal = self._proposed(form, typed, is_asked=False)
        return typed if proposal is None else {**typed, BODY: to_json(proposal.body)}

    def saved(self, told: Told, *, begins: bool) -> HttpResponse:
        now = timezone.now()
        trigger = triggers.create_trigger(actor=self.user, told=told, now=now)
        if begins:
            triggers.begin_trigger(trigger=trigger, now=now)
        self.tell("The trigger waits from now on." if begins else "The trigger is kept. It rests until it is begun.")
        return redirect("web:triggers:trigger", trigger.pk)


class Change(EditorPage, TriggerPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        self.kind = self.trigger.kind
        return super().get(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        self.kind = self.trigger.kind
        return super().post(request)

    def begun(self, form: SchemaForm) -> dict[str, str]:
        return form.typed(value_of(document_of_trigger(self.trigger)))

    def saved(self, told: Told, *, begins: bool) -> HttpResponse:
        now = timezone.now()
        changed = triggers.change_trigger(trigger=self.trigger, told=told, now=now)
        if begins:
            triggers.begin_trigger(trigger=changed, now=now)
        return self.go("The trigger is changed.")
