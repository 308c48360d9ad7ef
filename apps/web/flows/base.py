"""What the pages of flows and runs share: who asks, which flow or run, and the way back."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import NotFound
from apps.flows import services as flows
from apps.flows.models import Flow, Run, Version
from apps.web.pages import Page
from apps.web.versions import numbered


class FlowPage(Page):
    """A page of one flow, for those who have ``role`` on it."""

    role: ClassVar[str] = "viewer"
    flow: Flow

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        flow_id = parts.pop("flow_id")
        self.flow = flows.get_flow(UUID(str(flow_id)), actor=request.user)
        flows.require_flow(request.user, self.role, self.flow)
        return super().dispatch(request, *args, **parts)

    @property
    def version(self) -> Version:
        assert self.flow.version is not None  # every flow has one
        return self.flow.version

    def version_in(self, request: HttpRequest) -> Version:
        """The one that the address asks for, else the newest.

        Raises:
            NotFound: there is no such version.
        """
        asked = request.GET.get("version", "")
        if not asked:
            return self.version
        found = numbered(flows.versions_of(self.flow), asked)
        if found is None:
            raise NotFound
        return found

    def shown_definition(self, version: Version) -> Any:
        """Without its private parts, unless the actor administers the flow."""
        is_whole = flows.may_flow(self.actor, "administrator", self.flow)
        return version.definition if is_whole else flows.shown_definition(version.definition)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, flow=self.flow, **values)

    def url(self, name: str = "flow", *parts: object) -> str:
        return reverse(f"web:flows:{name}", args=[self.flow.pk, *parts])

    def go(self, name: str = "flow") -> HttpResponse:
        return redirect(self.url(name))


class RunPage(Page):
    """A page of one run, for those who have ``role`` on it."""

    role: ClassVar[str] = "monitor"
    run: Run

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        run_id = parts.pop("run_id")
        self.run = flows.get_run(UUID(str(run_id)), actor=request.user)
        flows.require_run(request.user, self.role, self.run)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, run=self.run, **values)

    def go(self, message: str) -> HttpResponse:
        """To the page of the run, which says that something was done."""
        self.tell(message)
        return redirect("web:flows:run", self.run.pk)
