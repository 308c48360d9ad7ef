"""Flows (F1 to F6)."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.flows import forms
from apps.flows import services as flows
from apps.flows.api import errors, shapes
from apps.flows.api.base import FlowsView
from apps.flows.language.finding import InvalidDefinition, errors_in
from apps.flows.models import Flow


class Flows(FlowsView):
    """F1 and F2. Nobody is told of what is public."""

    def get(self, request: Request) -> Response:
        asked = forms.flows_listing(request.query_params)
        page = flows.find_flows(self.actor, asked.wanted)
        documents = [shapes.flow(one) for one in flows.tell_of_flows(page.rows, self.actor)]
        marker = asked.marker(page.following)
        return Response(shapes.page("flows", documents, most=asked.wanted.most, marker=marker))

    def post(self, request: Request) -> Response:
        made = flows.create_flow(actor=self.user, told=forms.new_flow(request.data))
        return Response(shapes.flow(flows.tell_of_flow(made, self.actor)), status=201)


class CheckedFlow(FlowsView):
    """F3: a definition that is only looked at. Nothing of it is kept, so that reading is allowed enough for it."""

    scopes_to_write = FlowsView.scopes_to_read

    def post(self, request: Request) -> Response:
        self.require_caller()
        definition, schema = forms.asked_to_check(request.data)
        found = flows.check_flow(definition, schema)
        if errors_in(found):
            raise InvalidDefinition(found)
        return Response({"scopes": flows.scopes_needed(definition), "warnings": errors.findings(found)})


class OneFlow(FlowsView):
    """F4 to F6."""

    def get(self, request: Request, flow_id: str) -> Response:
        return self.told(self.flow(flow_id))

    def put(self, request: Request, flow_id: str) -> Response:
        self.require_caller()
        flow = self.flow(flow_id)
        return self.told(flows.change_flow(flow=flow, actor=self.user, told=forms.flow_changes(request.data)))

    def delete(self, request: Request, flow_id: str) -> Response:
        self.require_caller()
        gone = flows.delete_flow(flow=self.flow(flow_id), actor=self.user)
        return Response(shapes.deleted(flows.tell_of_flow(gone, self.actor)))

    def told(self, flow: Flow) -> Response:
        return Response(shapes.flow(flows.tell_of_flow(flow, self.actor)))
