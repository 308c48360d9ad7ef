"""What the doors of ``/api/auth/`` share."""

from __future__ import annotations

from typing import ClassVar

from apps.accounts.api.shape import auth_error
from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.http import ErrorShape


def auth_scopes(*suffixes: str) -> tuple[str, ...]:
    return tuple(scopes.urn(scopes.AUTH, suffix) for suffix in suffixes)


class AuthView(ApiView):
    """Asked by those who have a token of the authorization server itself."""

    error_shape: ClassVar[ErrorShape] = staticmethod(auth_error)
    resource_server = scopes.AUTH

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other


class OpenView(AuthView):
    """Asked by programs that show who they are in the request itself, or need not."""

    authentication_classes = []


class NoSuchAuthRoute(AuthView, NoSuchRoute):
    """Everything else."""
