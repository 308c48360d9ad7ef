"""Runs (F9 to F14, F16), and many of them at once (F18)."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import PortalError
from apps.common.parsing import is_true
from apps.flows import forms
from apps.flows import services as flows
from apps.flows.api import shapes
from apps.flows.api.base import RunsView
from apps.flows.models import Run


class Runs(RunsView):
    """F9."""

    name = "runs"

    def get(self, request: Request, flow_id: str = "") -> Response:
        of_flow = self.flow(flow_id).pk if flow_id else None
        asked = forms.runs_listing(request.query_params, flow_id=of_flow)
        page = flows.find_runs(self.user, asked.wanted)
        documents = [shapes.run(one, is_short=True) for one in flows.tell_of_runs(page.rows, self.user)]
        marker = asked.marker(page.following)
        return Response(shapes.page(self.name, documents, most=asked.wanted.most, marker=marker))


class OneRun(RunsView):
    """F10 and F11."""

    def get(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        run = self.run(run_id, flow_id)
        told = shapes.run(flows.tell_of_run(run, self.user))
        if is_true(request.query_params.get("include_flow_description", "")):
            told |= self.flow_description(run)
        return Response(told)

    def flow_description(self, run: Run) -> dict[str, object]:
        """Of a flow that the caller may see, as it is now."""
        try:
            flow = flows.get_flow(run.flow_id, actor=self.user)
        except PortalError:
            return {}
        return {"flow_description": shapes.flow_description(flows.tell_of_flow(flow, self.user))}

    def put(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        run = flows.change_run(run=self.run(run_id, flow_id), actor=self.user, told=forms.run_changes(request.data))
        return Response(shapes.run(flows.tell_of_run(run, self.user)))


class Definition(RunsView):
    """F12: as it was when the run began."""

    def get(self, request: Request, run_id: str) -> Response:
        run = self.run(run_id)
        definition = flows.shown_run_definition(run, self.user)
        told = {"definition": definition, "input_schema": run.version.input_schema}
        return Response({"flow_id": str(run.flow_id), **told})


class Log(RunsView):
    """F13."""

    def get(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        asked = forms.log_wanted(request.query_params)
        found = flows.log_of(
            self.run(run_id, flow_id), after=asked.after, most=asked.most + 1, newest_first=asked.newest_first
        )
        lines = found[: asked.most]
        told = {"limit": asked.most, "has_next_page": len(found) > asked.most}
        marker = {"marker": str(lines[-1].number)} if len(found) > asked.most else {}
        return Response({**told, **marker, "entries": [shapes.line(one) for one in lines]})


class CancelRun(RunsView):
    """F14."""

    def post(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        run = flows.cancel_run(run=self.run(run_id, flow_id), actor=self.user)
        return Response(shapes.run(flows.tell_of_run(run, self.user)), status=202)


class ReleaseRun(RunsView):
    """F16: it is deleted, and told a last time."""

    def post(self, request: Request, run_id: str, flow_id: str = "") -> Response:
        run = self.run(run_id, flow_id)
        told = shapes.run(flows.tell_of_run(run, self.user))
        flows.delete_run(run=run, actor=self.user)
        return Response(told)


class Batch(RunsView):
    """F18: all of it, or nothing."""

    def post(self, request: Request) -> Response:
        self.require_caller()
        asked = forms.batch_of(request.data)
        flows.change_runs(actor=self.user, run_ids=asked.run_ids, told=asked.told)
        return Response({"run_ids": list(map(str, asked.run_ids))}, status=202)
