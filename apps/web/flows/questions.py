"""What runs ask people: the list of it, and the page on which one answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.paging import page_of
from apps.flows import services as flows
from apps.flows.errors import NoSuchRun, StateConflict
from apps.flows.language.documents import to_json
from apps.flows.models import WebInput, WebOption
from apps.web.flows.vocabularies import vocabularies_of
from apps.web.pages import Page
from apps.web.people.names import named
from apps.web.schema_forms.form import FormView, SchemaForm

SIZE = 50
LONGEST_COMMENT = 4000


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    title: str
    is_yours: bool
    is_open: bool
    created_at: datetime
    closed_at: datetime | None


class QuestionsPage(Page):
    """For who is signed in: a link in a mail leads here, too."""

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **parts)


class Questions(QuestionsPage):
    template = "web/flows/questions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        roles = flows.visible_inputs(self.user)
        found = WebInput.objects.filter(pk__in=list(roles)).order_by("-status", "-created_at", "pk")
        questions, pages = page_of(found, request, size=SIZE)
        lines = [_line(one, roles[one.pk]) for one in questions]
        return self.page(
            waiting=[one for one in lines if one.is_open], over=[one for one in lines if not one.is_open], pages=pages
        )


class OneQuestion(QuestionsPage):
    template = "web/flows/question.html"

    def get(self, _request: HttpRequest, input_id: UUID) -> HttpResponse:
        return self.shown(flows.get_input(input_id, actor=self.actor))

    def post(self, request: HttpRequest, input_id: UUID) -> HttpResponse:
        question = flows.get_input(input_id, actor=self.actor)
        comment = request.POST.get("comment", "").strip()[:LONGEST_COMMENT]
        if question.input_type == WebInput.Type.SELECTION:
            return self._answered(question, request.POST.get("option", ""), comment)
        form, button = self._form(question), request.POST.get("do", "")
        typed = form.sent(request.POST.dict())
        if button not in {"answer", "check"}:
            return self.shown(question, form.after(typed, button))
        found = form.read(typed)
        if found.faults or button != "answer":
            return self.shown(question, form.shown(typed, found.faults), status=400 if found.faults else 200)
        return self._answered(question, found.value, comment)

    def _answered(self, question: WebInput, value: Any, comment: str) -> HttpResponse:
        try:
            flows.respond(question=question, actor=self.user, value=value, comment=comment)
        except StateConflict as error:
            self.tell_problem(error.message)
        except Invalid:
            return self.shown(question, error="Choose one of the options.", status=400)
        else:
            chosen = _chosen(question)
            self.tell((chosen.completed_message if chosen else "") or "Your answer is given, and the run goes on.")
        return redirect("web:flows:question", question.pk)

    def _form(self, question: WebInput) -> SchemaForm:
        return SchemaForm(question.schema, self.user, vocabularies=vocabularies_of(self.user))

    def shown(
        self, question: WebInput, view: FormView | None = None, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        may_answer = question.is_open and "respondent" in flows.roles_on_input(self.actor, question)
        if view is None and question.input_type == WebInput.Type.FORM and may_answer:
            form = self._form(question)
            view = form.shown(form.typed())
        return self.page(
            question=question,
            may_answer=may_answer,
            options=list(question.options.all()),
            picked=self.request.GET.get("option", ""),
            view=view,
            error=error,
            chosen=_chosen(question),
            answer=to_json(question.response) if not question.is_open and not _chosen(question) else "",
            answered_by=_name(question, self.user),
            run_url=_run_url(question, self.actor),
            status=status,
        )


class Landing(QuestionsPage):
    """Where definitions of the hosted service send people: by a word of theirs."""

    def get(self, _request: HttpRequest, suffix: str) -> HttpResponse:
        return redirect("web:flows:question", flows.input_of_page(suffix, actor=self.actor).pk)


class OneOption(QuestionsPage):
    """The link of an option shows the question with it chosen, and a button: mail programs open links by themselves."""

    def get(self, _request: HttpRequest, suffix: str) -> HttpResponse:
        option = flows.option_with_link(suffix, actor=self.actor)
        return redirect(f"{reverse('web:flows:question', args=[option.web_input_id])}?option={option.pk}")


def waiting_for(actor: Actor) -> int:
    """How many questions somebody may answer."""
    if not isinstance(actor, User):
        return 0
    mine = flows.visible_inputs(actor, ("respondent",))
    return WebInput.objects.filter(pk__in=list(mine), status=WebInput.Status.OPEN).count() if mine else 0


def _line(one: WebInput, roles: frozenset[str]) -> Line:
    url = reverse("web:flows:question", args=[one.pk])
    return Line(url, one.title, "respondent" in roles, one.is_open, one.created_at, one.closed_at)


def _chosen(question: WebInput) -> WebOption | None:
    if question.is_open or question.input_type != WebInput.Type.SELECTION:
        return None
    return question.options.filter(pk=question.response).first() if question.response else None


def _name(question: WebInput, reader: User) -> str:
    who = question.responded_by
    return named([who], reader)[who].text if who else ""


def _run_url(question: WebInput, actor: Actor) -> str:
    """ "" if it is of no run, or of one that the reader may not see."""
    run_id = question.action.run_id
    try:
        return reverse("web:flows:run", args=[flows.get_run(run_id, actor=actor).pk]) if run_id else ""
    except NoSuchRun:
        return ""
