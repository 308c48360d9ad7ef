"""What the views of ``/api/flows/`` share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.access.services import Actor
from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import ConsentRequired
from apps.common.http import ErrorShape
from apps.common.parsing import StrictJSONParser, id_in
from apps.flows import services as flows
from apps.flows.api import errors
from apps.flows.errors import NoSuchFlow, NoSuchRun
from apps.flows.models import Flow, Run


def scopes_named(*suffixes: str) -> tuple[str, ...]:
    return tuple(scopes.url(scopes.FLOWS_ID, suffix) for suffix in (*suffixes, "all"))


def run_at(run_id: str, flow_id: str = "", *, actor: Actor) -> Run:
    """
    Raises:
        NoSuchRun: there is none at this address, or none of this flow, that the actor may see.
    """
    run = flows.get_run(id_in(run_id, NoSuchRun), actor=actor)
    if flow_id not in {"", str(run.flow_id)}:
        raise NoSuchRun
    return run


class FlowsView(ApiView):
    """A view of the Flows API. What is wrong with a request is a 422."""

    resource_server = scopes.FLOWS
    scopes_to_read = scopes_named("view_flows", "manage_flows")
    scopes_to_write: ClassVar[tuple[str, ...]] = scopes_named("manage_flows")
    parser_classes = [StrictJSONParser]
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)

    @property
    def actor(self) -> Actor:
        return self.request.user

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def flow(self, flow_id: str) -> Flow:
        return flows.get_flow(id_in(flow_id, NoSuchFlow), actor=self.actor)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        told = response.data
        if isinstance(told, dict) and told.get("error", {}).get("code") == errors.UNPROCESSABLE:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class RunsView(FlowsView):
    """A view of runs, which are told to nobody."""

    scopes_to_read = scopes_named("run_status", "run_manage")
    scopes_to_write: ClassVar[tuple[str, ...]] = scopes_named("run_manage")

    def run(self, run_id: str, flow_id: str = "") -> Run:
        return run_at(run_id, flow_id, actor=self.user)


class OwnScopeView(FlowsView):
    """A view for which a token of the flow's own scope is needed: each flow is a service of its own.

    A token for this service is told which one to ask for; one for anything else is worth nothing.
    """

    scopes_to_read: ClassVar[tuple[str, ...]] = ()
    scopes_to_write: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self._flow_id = self.flow_asked_for(**kwargs)
        super().initial(request, *args, **kwargs)

    def flow_asked_for(self, **kwargs: str) -> UUID | None:
        """None if there is nothing at this address that the caller may see."""
        try:
            return UUID(kwargs["flow_id"])
        except ValueError:
            return None

    def check_permissions(self, request: Request) -> None:
        own = str(self._flow_id)
        if self.shown is not None and self.shown.resource_server == own and self._flow_id is not None:
            self.resource_server = own  # type: ignore[misc]  # for this request, not of the class
            self.scopes_to_read = self.scopes_to_write = (flows.scope_of(self._flow_id),)  # type: ignore[misc]  # likewise
        super().check_permissions(request)
        if self.shown is not None and self.shown.resource_server == scopes.FLOWS and self._flow_id is not None:
            raise ConsentRequired(details={"required_scopes": [flows.scope_of(self._flow_id)]})


class NoSuchFlowsRoute(NoSuchRoute):
    """What none of the addresses takes."""

    resource_server = scopes.FLOWS
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)
