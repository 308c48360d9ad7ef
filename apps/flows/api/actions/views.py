"""P1 to P7."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.flows import services as flows
from apps.flows.actions import providers
from apps.flows.api.actions.base import ActionsView, ActionView, ProviderView
from apps.flows.api.actions.documents import action_document, log_document, provider_document
from apps.flows.api.actions.errors import InvalidRequest
from apps.flows.api.actions.requests import request_of
from apps.flows.models import Action

CREATOR, MANAGER, MONITOR = "creator_id", "manage_by", "monitor_by"
_ROLES = {MANAGER: "manager", MONITOR: "monitor"}


class Providers(ActionsView):
    """All that there are, for whoever looks for one."""

    def get(self, request: Request) -> Response:
        several = [provider_document(one) for one in providers().values()]
        urls = [request.build_absolute_uri(f"/api/actions/{name}/") for name in providers()]
        return Response({"providers": [{"url": url, **told} for url, told in zip(urls, several, strict=True)]})


class Introspection(ProviderView):
    """P1, for everybody."""

    def get(self, request: Request, name: str) -> Response:
        return Response(provider_document(self.provider))


class Run(ProviderView):
    """P2."""

    def post(self, request: Request, name: str) -> Response:
        asked, user = request_of(request.data), self.user
        try:
            action, is_new = flows.begin_action(provider=self.provider, actor=user, asked=asked)
        except Invalid as problem:
            place = ".".join(part for part in ("body", problem.place) if part)
            raise InvalidRequest(problem.message, place=place) from problem
        return Response(action_document(action), HTTPStatus.ACCEPTED if is_new else HTTPStatus.OK)


class Actions(Run):
    """P2 in the newer form, and which actions there are: by role (``roles``) and status, the caller's active ones
    unless told."""

    def get(self, request: Request, name: str) -> Response:
        roles = _chosen(request, "roles", {CREATOR, *_ROLES}) or {CREATOR}
        statuses = _chosen(request, "status", {one.value.lower() for one in Action.Status}) or {"active"}
        found = flows.find_actions(
            provider=self.provider,
            actor=self.user,
            roles=[_ROLES[role] for role in roles - {CREATOR}],
            statuses=[one.upper() for one in statuses],
            is_creator=CREATOR in roles,
        )
        return Response([action_document(one) for one in found])


def _chosen(request: Request, name: str, known: Iterable[str]) -> set[str]:
    """The words between commas that are known, in either case; others are passed over."""
    told = request.query_params.get(name, "").split(",")
    return {word.strip().lower() for word in told} & set(known)


class Status(ActionView):
    """P3."""

    def get(self, request: Request, name: str, action_id: str) -> Response:
        return Response(action_document(self.action(action_id)))


class Cancel(ActionView):
    """P4."""

    def post(self, request: Request, name: str, action_id: str) -> Response:
        return Response(action_document(flows.cancel_action(action=self.action(action_id), actor=self.user)))


class Release(ActionView):
    """P5."""

    def post(self, request: Request, name: str, action_id: str) -> Response:
        return Response(action_document(flows.release_action(action=self.action(action_id), actor=self.user)))


class OneAction(Status):
    """P3 and P5 in the newer form."""

    def delete(self, request: Request, name: str, action_id: str) -> Response:
        return Response(action_document(flows.release_action(action=self.action(action_id), actor=self.user)))


class Resume(ActionView):
    """P6."""

    def post(self, request: Request, name: str, action_id: str) -> Response:
        return Response(action_document(flows.resume_action(action=self.action(action_id), actor=self.user)))


class Log(ActionView):
    """P7."""

    def get(self, request: Request, name: str, action_id: str) -> Response:
        return Response(log_document(self.action(action_id)))
