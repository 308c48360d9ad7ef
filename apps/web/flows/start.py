"""The form that starts a run: the input that the flow asks for, and what the run is called and who may see it."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from jsonschema import Draft7Validator

from apps.common.errors import Invalid
from apps.common.parsing import id_in
from apps.flows import services as flows
from apps.flows.errors import InvalidInput, NoSuchRun
from apps.flows.models import Run
from apps.flows.services import RunChanges
from apps.web.flows.base import FlowPage
from apps.web.flows.fields import WordsField
from apps.web.flows.vocabularies import vocabularies_of
from apps.web.people.names import principal_of
from apps.web.schema_forms.fields import ABSENT, Typed, below
from apps.web.schema_forms.form import FormView, SchemaForm
from apps.web.visibility import groups_of

F = TypeVar("F", bound=forms.Form)
MOST_NAMED = 50
OWN = {"check", "start", ""}
"""Buttons that are not of the input's form."""


class RunForm(forms.Form):
    """About the run itself. ``monitors`` and ``managers`` name people and groups, one a line."""

    label = forms.CharField(max_length=Run.LONGEST_LABEL, required=False, help_text="What you will look for it by.")
    tags = WordsField(longest=1000)
    monitors = forms.CharField(
        label="Who may see it",
        max_length=MOST_NAMED * 256,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Usernames, or names of groups that you are in; one a line.",
    )
    managers = forms.CharField(
        label="Who may steer it",
        max_length=MOST_NAMED * 256,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cancel, pause, drive again. One a line, as above.",
    )
    notify_on = forms.MultipleChoiceField(
        label="Write to you",
        choices=[("SUCCEEDED", "when it succeeds"), ("FAILED", "when it fails"), ("INACTIVE", "when it needs you")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, reader: Any, **how: Any) -> None:  # what Django's forms take
        super().__init__(*args, **how)
        self._groups = {name.casefold(): urn for urn, name in groups_of(reader)}

    def clean_monitors(self) -> list[str]:
        return self._principals("monitors")

    def clean_managers(self) -> list[str]:
        return self._principals("managers")

    def _principals(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > MOST_NAMED:
            raise forms.ValidationError(f"Name at most {MOST_NAMED}; make a group of them.")
        try:
            return [self._groups.get(line.casefold()) or principal_of(line) for line in lines]
        except Invalid as error:
            raise forms.ValidationError(error.message) from error

    @property
    def changes(self) -> RunChanges:
        told = self.cleaned_data
        roles = {"monitor": told["monitors"], "manager": told["managers"]}
        return RunChanges(
            label=told["label"],
            tags=told["tags"],
            notify_on=told["notify_on"],
            roles={role: principals for role, principals in roles.items() if principals},
        )


class InputPage(FlowPage):
    """A page with the form of a flow's input. ``run`` in the address names a run with whose input it begins."""

    role = "starter"

    def input_form(self) -> SchemaForm:
        return SchemaForm(
            self.version.input_schema, self.user, draft=Draft7Validator, vocabularies=vocabularies_of(self.user)
        )

    def given_run(self, request: HttpRequest) -> Run | None:
        """
        Raises:
            NoSuchRun: there is none, or it is another's, or another flow's.
        """
        asked = request.GET.get("run", "")
        if not asked:
            return None
        run = flows.get_run(id_in(asked, NoSuchRun()), actor=self.actor)
        if run.flow_id != self.flow.pk or run.owner_id != self.user.pk:  # what is private in it is its owner's
            raise NoSuchRun
        return run


class Start(InputPage):
    template = "web/flows/start.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form, run = self.input_form(), self.given_run(request)
        return self.shown(form.shown(form.typed(run.input if run else ABSENT)), RunForm(reader=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, about, button = self.input_form(), RunForm(request.POST, reader=self.user), request.POST.get("do", "")
        typed = form.sent(request.POST.dict())
        if button not in OWN:
            about.is_valid()
            return self.shown(form.after(typed, button), unjudged(about))
        found = form.read(typed)
        if not about.is_valid() or found.faults or button != "start":
            return self.shown(form.shown(typed, found.faults), about, status=400 if button == "start" else 200)
        return self._start(form, typed, found.value, about)

    def _start(self, form: SchemaForm, typed: Typed, value: Any, about: RunForm) -> HttpResponse:
        try:
            run = flows.start_run(flow=self.flow, actor=self.user, input=value, told=about.changes)
        except InvalidInput as error:
            return self.shown(form.shown(typed, faults_in(error)), about, status=400)
        except Invalid as error:
            about.add_error(error.place if error.place in about.fields else None, error.message)
            return self.shown(form.shown(typed), about, status=400)
        self.tell("The run is started.")
        return redirect("web:flows:run", run.pk)

    def shown(self, view: FormView, about: RunForm, *, status: int = 200) -> HttpResponse:
        return self.page(view=view, about=about, version=self.version, status=status)


def unjudged(form: F) -> F:
    """As it was written, without a word on it: nothing was asked of it yet."""
    form.errors.clear()
    return form


def faults_in(error: InvalidInput) -> dict[str, str]:
    """What is wrong with the input, by its pointers."""
    return {_pointer(place): sentence for place, sentence in error.faults}


def _pointer(place: str) -> str:
    """``$.a[0]`` as a JSON pointer; as near as the words of a path tell."""
    pointer = ""
    for part in place.removeprefix("$").replace("[", ".").replace("]", "").split("."):
        pointer = below(pointer, part.strip("'\"")) if part else pointer
    return pointer
