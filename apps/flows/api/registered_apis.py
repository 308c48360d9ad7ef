"""Registered APIs (F20): a way to call any web service from a flow, of which there are none here. Actions are called
by their addresses instead, whoever runs them."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import NotFound
from apps.flows.api import shapes
from apps.flows.api.base import FlowsView

PER_PAGE = 20


class RegisteredApis(FlowsView):
    def get(self, request: Request) -> Response:
        self.require_caller()
        return Response(shapes.page("registered_apis", [], most=PER_PAGE, marker=None))


class RegisteredApi(FlowsView):
    def get(self, request: Request, registered_api_id: str) -> Response:
        self.require_caller()
        raise NotFound("There are no registered APIs here. Call an action by its ActionUrl.")
