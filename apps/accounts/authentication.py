"""How a request to the API says who sends it."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts import services
from apps.accounts.models import Token, User
from apps.accounts.oauth.server import require_client


class BearerToken(BaseAuthentication):
    """A token as ``Authorization: Bearer``. One that does not work is an error, never nobody.

    ``request.auth`` is the token: views ask it where it is good and what it allows.
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = services.find_token(secret.strip(), now=timezone.now())
        if token is None:
            raise AuthenticationFailed(
                "The token is unknown, revoked or has ended. Sign in again, or make a new one on your account page."
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApplicationSecret(BaseAuthentication):
    """An application that shows its id and secret (HTTP Basic), and acts for itself."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        if not get_authorization_header(request).lower().startswith(b"basic "):
            return None
        application = require_client(request._request)
        if application.account is None:
            raise AuthenticationFailed("This application cannot act for itself. Sign in for it.")
        return application.account, None

    def authenticate_header(self, request: Request) -> str:
        return "Basic"


class Session(SessionAuthentication):
    """The session of a browser; whatever changes something needs the CSRF token too."""
