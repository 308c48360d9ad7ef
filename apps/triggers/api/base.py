"""What the views of ``/api/triggers/`` share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from rest_framework.response import Response

from apps.accounts.models import User
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import PortalError
from apps.common.http import ErrorShape, plain_shape
from apps.common.parsing import StrictJSONParser, id_in
from apps.flows.errors import InvalidInput, Unprocessable
from apps.triggers import services as triggers
from apps.triggers.errors import InvalidTrigger, NoSuchTrigger
from apps.triggers.models import Trigger
from apps.triggers.services.scopes import TRIGGERS_ID, scope


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """The common shape; all faults of a document stand in ``faults``, with their places."""
    body, faults = plain_shape(problem, status, request_id), _faults(problem)
    if faults:
        told = [{"place": place, "message": message} for place, message in faults]
        body |= {"status": int(HTTPStatus.UNPROCESSABLE_ENTITY), "faults": told}
    return body


def _faults(problem: Exception) -> list[tuple[str, str]]:
    """What is wrong with a document, by its places."""
    match problem:
        case Unprocessable():
            return [(".".join(map(str, place)), message) for place, message in problem.faults]
        case InvalidInput():
            return [(f"body.body.{place}", message) for place, message in problem.faults]
        case InvalidTrigger() if problem.place:
            return [(f"watched.{problem.place}", problem.message)]
    return []


class TriggersView(ApiView):
    """A view of the API of triggers. What is wrong with a document is a 422 with all faults."""

    resource_server = TRIGGERS_ID
    scopes_to_read: ClassVar[tuple[str, ...]] = tuple(map(scope, ("view", "all")))
    scopes_to_write: ClassVar[tuple[str, ...]] = (scope("all"),)
    parser_classes = [StrictJSONParser]
    most_body = 4 << 20
    error_shape: ClassVar[ErrorShape] = staticmethod(error)

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def trigger(self, trigger_id: str) -> Trigger:
        """
        Raises:
            NoSuchTrigger: there is none of the caller's.
        """
        user = self.user
        return triggers.get_trigger(id_in(trigger_id, NoSuchTrigger), actor=user)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if _faults(exc):
            response.status_code = 422
        return response


class NoSuchTriggersRoute(NoSuchRoute):
    resource_server = TRIGGERS_ID
    error_shape: ClassVar[ErrorShape] = staticmethod(error)
