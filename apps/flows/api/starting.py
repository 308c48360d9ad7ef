"""Runs are started and resumed (F7, F8, F15): by a token of the flow's own."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import PortalError
from apps.flows import forms
from apps.flows import services as flows
from apps.flows.api import shapes
from apps.flows.api.base import OwnScopeView, run_at


class StartRun(OwnScopeView):
    """F7."""

    def post(self, request: Request, flow_id: str) -> Response:
        self.require_caller()
        flow, asked = self.flow(flow_id), forms.start_of(request.data)
        run, is_new = flows.start_run_once(
            request_id=asked.request_id, flow=flow, actor=self.user, input=asked.input, told=asked.told
        )
        return Response(shapes.run(flows.tell_of_run(run, self.user)), status=201 if is_new else 200)


class CheckedRun(OwnScopeView):
    """F8."""

    def post(self, request: Request, flow_id: str) -> Response:
        self.require_caller()
        flow, asked = self.flow(flow_id), forms.start_of(request.data)
        flows.check_run(flow=flow, actor=self.user, input=asked.input, told=asked.told)
        return Response({"message": "validation successful"})


class ResumeRun(OwnScopeView):
    """F15. Which flow's token is needed, those are told who see the run."""

    def flow_asked_for(self, **kwargs: str) -> UUID | None:
        try:
            return run_at(actor=self.actor, **kwargs).flow_id
        except PortalError:
            return None

    def post(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        self.require_caller()
        run = run_at(run_id, flow_id, actor=self.user)
        resumed = flows.resume_run(run=run, actor=self.user)
        return Response(shapes.run(flows.tell_of_run(resumed, self.user)))
