"""Questions that runs ask people (F19)."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.parsing import id_in
from apps.flows import services as flows
from apps.flows.api import shapes
from apps.flows.api.base import RunsView
from apps.flows.errors import InvalidInput, NoSuchInput, Unprocessable
from apps.flows.forms.inputs import answer_of, inputs_listing
from apps.flows.models import WebInput
from apps.flows.services import InputTold


class Inputs(RunsView):
    def get(self, request: Request) -> Response:
        asked = inputs_listing(request.query_params)
        page = flows.find_inputs(self.user, asked.wanted)
        told = [_summary(one) for one in flows.tell_of_inputs(page.rows, self.user)]
        return Response({"web_input_summaries": told, "marker": asked.marker(page.following)})


class InputView(RunsView):
    def question(self, web_input_id: str) -> WebInput:
        return flows.get_input(id_in(web_input_id, NoSuchInput), actor=self.user)


class OneInput(InputView):
    def get(self, request: Request, web_input_id: str) -> Response:
        return Response(_document(flows.tell_of_input(self.question(web_input_id), self.user)))


class Respond(InputView):
    """An answer that is not what is asked for is told as any other mistake in a document."""

    def post(self, request: Request, web_input_id: str) -> Response:
        question, answer = self.question(web_input_id), answer_of(request.data)
        try:
            flows.respond(question=question, actor=self.user, value=answer.value, comment=answer.comment)
        except InvalidInput as error:
            raise Unprocessable([(("response", "value"), message) for _, message in error.faults]) from error
        return Response({"status": "ok"})


def _summary(one: InputTold) -> dict[str, Any]:
    return {"title": one.question.title, **_common(one)}


def _document(one: InputTold) -> dict[str, Any]:
    question = one.question
    options = [
        {"option_id": str(option.pk), "label": option.name, "description": option.description}
        for option in question.options.all()
    ]
    return {
        **_common(one),
        "input_schema": question.schema,
        "context": {"title": question.title, "presentation_style": "text", "text": question.text},
        "options": options,
        "roles": {"viewer_urns": one.who("viewer"), "respondent_urns": one.who("respondent")},
        "creator_urn": question.action.creator,
    }


def _common(one: InputTold) -> dict[str, Any]:
    """A question that somebody asked by the action's own address belongs to no run."""
    question, run = one.question, one.question.action.run
    return {
        "id": str(question.pk),
        "status": question.status,
        "user_roles": [role for role in ("viewer", "respondent") if role in one.roles],
        "input_type": question.input_type,
        "flow": {"id": str(run.flow_id), "title": run.flow_title} if run else None,
        "run": {"id": str(run.pk), "label": run.label} if run else None,
        "created_timestamp": shapes.moment(question.created_at),
        "edited_timestamp": shapes.moment(question.edited_at),
        "closed_timestamp": shapes.moment(question.closed_at),
    }
