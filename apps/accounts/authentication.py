"""How a request to the API says who sends it."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts import services
from apps.accounts.models import User


class BearerToken(BaseAuthentication):
    """A personal access token as ``Authorization: Bearer``. One that does not work is an error, never nobody."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = services.user_of_token(secret.strip(), now=timezone.now())
        if user is None:
            raise AuthenticationFailed(
                "The token is unknown, revoked or has ended. Make a new one on your account page."
            )
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Session(SessionAuthentication):
    """The session of a browser; whatever changes something needs the CSRF token too."""
