"""What the views of ``/api/actions/`` share."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import ConsentRequired
from apps.common.http import ErrorShape
from apps.common.parsing import StrictJSONParser, id_in
from apps.flows import services as flows
from apps.flows.actions import Provider, provider_named
from apps.flows.api.actions import errors
from apps.flows.api.actions.documents import scopes_for
from apps.flows.errors import NoSuchAction, NoSuchProvider
from apps.flows.models import Action


class ActionsView(ApiView):
    """A view of the action-provider protocol."""

    resource_server = scopes.ACTIONS
    parser_classes = [StrictJSONParser]
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if isinstance(exc, errors.InvalidRequest):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class ProviderView(ActionsView):
    """A view of one provider. Each has a scope of its own."""

    @property
    def provider(self) -> Provider:
        """
        Raises:
            NoSuchProvider: there is none of this name.
        """
        found = provider_named(self.kwargs["name"])
        if found is None:
            raise NoSuchProvider
        return found

    def check_permissions(self, request: Request) -> None:
        """
        Raises:
            NotAuthenticated: the token is one for another service.
            NoSuchProvider: there is none of this name.
            ConsentRequired: the token is not for this provider.
        """
        super().check_permissions(request)
        enough, shown = scopes_for(self.provider), self.shown
        if shown is not None and shown.resource_server and shown.scopes.isdisjoint(enough):
            raise ConsentRequired(details={"required_scopes": [enough[0]]})


class ActionView(ProviderView):
    """A view of one action."""

    def action(self, action_id: str) -> Action:
        """
        Raises:
            NoSuchAction: there is none that the caller may see.
        """
        user = self.user
        return flows.get_action(id_in(action_id, NoSuchAction), provider=self.provider, actor=user)


class NoSuchActionsRoute(NoSuchRoute):
    """What none of the addresses takes."""

    resource_server = scopes.ACTIONS
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)
