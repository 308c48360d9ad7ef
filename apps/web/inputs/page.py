"""One question: it is read, answered, and says afterwards what the answer was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.common.errors import NotFound
from apps.flows import services as flows
from apps.flows.errors import InvalidInput, StateConflict
from apps.flows.models import WebInput, WebOption
from apps.web.flows.base import FlowsPage
from apps.web.inputs.words import flow_title
from apps.web.schema_forms.form import FormView, SchemaForm

LONGEST_COMMENT = 4000


class ChoiceForm(forms.Form):
    """One of the options, and a reason where one is asked for."""

    option = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose one of the options."})
    comment = forms.CharField(
        label="Why", max_length=LONGEST_COMMENT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, question: WebInput, **how: Any) -> None:  # what Django's forms take
        super().__init__(*args, **how)
        options = list(question.options.all())
        self.fields["option"].choices = [(str(one.pk), one.name) for one in options]  # type: ignore[attr-defined]  # a ChoiceField
        self.descriptions = {str(one.pk): one.description for one in options}
        if not question.takes_comment:
            del self.fields["comment"]

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """Each box with what its option means."""
        return [(box, self.descriptions[str(box.data["value"])]) for box in self["option"]]


class OneInput(FlowsPage):
    """``option`` in the address is chosen beforehand: a link of the hosted service leads here."""

    template = "web/inputs/input.html"
    question: WebInput

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        self.actor = request.user
        self.question = flows.get_input(UUID(str(parts.pop("input_id"))), actor=self.user)
        return super().dispatch(request, *args, **parts)

    @property
    def is_form(self) -> bool:
        return self.question.input_type == WebInput.Type.FORM

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.is_form:
            form = SchemaForm(self.question.schema, self.user)
            return self.shown(view=form.shown(form.typed()))
        return self.shown(choice=ChoiceForm(initial={"option": request.GET.get("option")}, question=self.question))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._fill(request) if self.is_form else self._choose(request)

    def _choose(self, request: HttpRequest) -> HttpResponse:
        choice = ChoiceForm(request.POST, question=self.question)
        if not choice.is_valid():
            return self.shown(choice=choice, status=400)
        return self._answer(choice.cleaned_data["option"], choice.cleaned_data.get("comment", ""))

    def _fill(self, request: HttpRequest) -> HttpResponse:
        form, button = SchemaForm(self.question.schema, self.user), request.POST.get("do", "")
        typed = form.sent(request.POST.dict())
        if button not in {"answer", "check", ""}:
            return self.shown(view=form.after(typed, button))
        found = form.read(typed)
        if found.faults or button != "answer":
            return self.shown(view=form.shown(typed, found.faults), status=400 if button == "answer" else 200)
        try:
            return self._answer(found.value)
        except InvalidInput as error:
            return self.shown(view=form.shown(typed, {"": str(error)}), status=400)

    def _answer(self, value: Any, comment: str = "") -> HttpResponse:
        try:
            flows.respond(question=self.question, actor=self.user, value=value, comment=comment)
            self.tell(self._thanks())
        except StateConflict as conflict:
            self.tell_problem(conflict.message)
        return redirect("web:inputs:input", self.question.pk)

    def _chosen(self) -> WebOption | None:
        if self.is_form or not self.question.response:
            return None
        return self.question.options.filter(pk=str(self.question.response)).first()

    def _thanks(self) -> str:
        chosen = self._chosen()
        return (chosen.completed_message if chosen else "") or "Thank you: the answer is kept, and the run goes on."

    def shown(
        self, *, choice: ChoiceForm | None = None, view: FormView | None = None, status: int = 200
    ) -> HttpResponse:
        question = self.question
        return self.page(
            question=question,
            flow=flow_title(question),
            may_answer="respondent" in flows.roles_on_input(self.actor, question),
            chosen=self._chosen(),
            by=_name_of(question.responded_by),
            run_url=self._run_url(),
            choice=choice,
            view=view,
            status=status,
        )

    def _run_url(self) -> str:
        """Of the run, for those who may see it."""
        run = self.question.action.run
        if run is None:
            return ""
        try:
            flows.get_run(run.pk, actor=self.actor)
        except NotFound:
            return ""
        return f"/flows/runs/{run.pk}/"


def _name_of(principal: str) -> str:
    """Who answered, for all who may see the answer."""
    if not principal:
        return ""
    identity_id = parse_principal(principal).id
    found = accounts.identities_by_id([identity_id] if identity_id else [])
    return next((one.name or one.username for one in found.values()), "somebody who is no longer here")
