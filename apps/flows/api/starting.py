"""Runs are started and resumed (F7, F8, F15): by a token of the flow's own."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import PortalError
from apps.common.parsing import id_in
from apps.flows import forms
from apps.flows import services as flows
from apps.flows.api import shapes
from apps.flows.api.base import OwnScopeView
from apps.flows.errors import NoSuchRun


class StartRun(OwnScopeView):
    """F7."""

    def post(self, request: Request, flow_id: str) -> Response:
        self.require_caller()
        flow, asked = self.flow(flow_id), forms.start_of(request.data)
        run = flows.start_run(flow=flow, actor=self.user, input=asked.input, told=asked.told)
        return Response(shapes.run(flows.tell_of_run(run, self.user)), status=201)


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
            return flows.get_run(id_in(kwargs["run_id"], NoSuchRun), actor=self.actor).flow_id
        except PortalError:
            return None

    def post(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        self.require_caller()
        run = flows.get_run(id_in(run_id, NoSuchRun), actor=self.user)
        resumed = flows.resume_run(run=run, actor=self.user)
        return Response(shapes.run(flows.tell_of_run(resumed, self.user)))
