"""The questions that wait for somebody, and those that were answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.flows import services as flows
from apps.flows.models import WebInput
from apps.web.flows.base import FlowsPage
from apps.web.inputs.words import flow_title

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    question: WebInput
    url: str
    flow: str
    may_answer: bool


class Inputs(FlowsPage):
    template = "web/inputs/inputs.html"

    def get(self, _: HttpRequest) -> HttpResponse:
        waiting = self._lines(flows.InputsWanted(statuses=(WebInput.Status.OPEN,), most=MOST))
        answered = self._lines(flows.InputsWanted(statuses=(WebInput.Status.CLOSED,), most=MOST))
        return self.page(waiting=waiting, answered=answered)

    def _lines(self, wanted: flows.InputsWanted) -> list[Line]:
        rows = flows.find_inputs(self.user, wanted).rows
        return [
            Line(
                question=one.question,
                url=reverse("web:inputs:input", args=[one.question.pk]),
                flow=flow_title(one.question),
                may_answer="respondent" in one.roles,
            )
            for one in flows.tell_of_inputs(rows, self.user)
        ]
