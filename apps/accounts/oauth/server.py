"""The authorization server: its grants, and how it meets Django."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from authlib.integrations.django_oauth2.requests import DjangoOAuth2Request
from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError, InvalidScopeError, OAuth2Error
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from apps.accounts.models import Application, AuthorizationCode, DeviceCode, Grant
from apps.accounts.oauth.answer import error_answer
from apps.accounts.oauth.client import Client, find_client
from apps.accounts.oauth.grants import (
    BY_ANY,
    BY_SECRET,
    CODE_LASTS,
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    DependentTokenGrant,
    DeviceCodeGrant,
    Pkce,
    RefreshTokenGrant,
)
from apps.accounts.services.scopes import require_offered
from apps.accounts.services.secrets import hash_of, new_secret
from apps.accounts.types import parse_scopes
from apps.common.errors import Invalid, NotAuthenticated

_USER_CODE_SIGNS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so that no words come about (RFC 8628, 6.1)


class Server(AuthorizationServer):  # type: ignore[misc]  # authlib is not typed
    def query_client(self, client_id: str) -> Client | None:
        return find_client(client_id)

    def create_oauth2_request(self, request: HttpRequest | OAuth2Request) -> OAuth2Request:
        return request if isinstance(request, OAuth2Request) else DjangoOAuth2Request(request)

    def authenticate_client(self, request: OAuth2Request, methods: list[str], endpoint: str = "token") -> Client:
        try:
            client: Client = super().authenticate_client(request, methods, endpoint)
        except ValueError as error:  # authlib decodes the header as if it were well formed.
            raise InvalidClientError(status_code=401, description="The header cannot be read.") from error
        return client

    def validate_requested_scope(self, scope: str | None) -> None:
        try:
            require_offered(parse_scopes(scope or ""))
        except Invalid as error:
            unknown = _plain(error.details.get("scope", ""))
            raise InvalidScopeError(f"{error.message} ({unknown})" if unknown else error.message) from error

    def handle_response(self, status: int, payload: Any, headers: list[tuple[str, str]]) -> HttpResponse:
        told = error_answer(payload, status) if status >= 400 else payload or {}
        response = JsonResponse(told, status=status, safe=False)
        for name, value in headers:
            response[name] = value
        return response

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""


def _server() -> Server:
    made = Server()
    made.register_grant(AuthorizationCodeGrant, [Pkce()])
    for grant in (RefreshTokenGrant, ClientCredentialsGrant, DependentTokenGrant, DeviceCodeGrant):
        made.register_grant(grant)
    return made


server = _server()


def exchange(request: HttpRequest) -> HttpResponse:
    """Answer the token endpoint. What a failed exchange ends stays ended, so that it is committed like a good one."""
    with transaction.atomic():
        try:
            response: HttpResponse = server.create_token_response(request)
        except ValueError:
            response = server.handle_error_response(request, _unreadable())
    return response


def _unreadable() -> InvalidRequestError:
    """authlib quotes what was sent, and raises ValueError where OAuth lets no error hold such signs."""
    return InvalidRequestError("The request holds characters that are not allowed there.")


def _plain(text: str) -> str:
    """What an error may quote (RFC 6749, 4.1.2.1)."""
    return "".join(sign for sign in text if " " <= sign <= "~" and sign not in '"\\')


def require_client(request: HttpRequest, *, is_public_enough: bool = False) -> Application:
    """The application that shows its secret; ``is_public_enough`` takes one that has none by its name.

    Raises:
        NotAuthenticated: it is unknown, or the secret is not its own.
    """
    methods = BY_ANY if is_public_enough else BY_SECRET
    try:
        client = server.authenticate_client(server.create_oauth2_request(request), methods)
    except OAuth2Error as error:
        raise NotAuthenticated("The application is not known by this id and secret. Check both.") from error
    application: Application = client.application
    return application


class AuthorizationRequest:
    """A checked request for a person's consent: who asks, for what, and where to send them back.

    Raises (when made):
        OAuth2Error: it is not valid; ``error.redirect_uri`` says where that may be told, if anywhere.
    """

    def __init__(self, request: HttpRequest) -> None:
        try:
            grant = server.get_consent_grant(request)
        except ValueError as error:
            raise _unreadable() from error
        data = grant.request.payload.data
        self.application: Application = grant.request.client.application
        self.redirect_uri: str = grant.redirect_uri
        self.scope: str = grant.request.scope
        self.scopes = parse_scopes(self.scope)
        unreadable = [name for name, value in data.items() if "\0" in value]
        if unreadable:  # PostgreSQL keeps no such text.
            raise InvalidRequestError(f"'{unreadable[0]}' holds a NUL.", redirect_uri=self.redirect_uri)
        self.state: str = data.get("state", "")
        self.nonce: str = data.get("nonce", "")
        self.prompt = frozenset(data.get("prompt", "").split())
        self.allows_refresh = data.get("access_type") == "offline" or any(
            scope.name == "offline_access" for scope in self.scopes
        )
        self._challenge = (data.get("code_challenge", ""), data.get("code_challenge_method", ""))

    def make_code(self, grant: Grant, *, scope: str, now: datetime) -> str:
        """The code that the application will exchange for tokens of this scope."""
        code = new_secret(mark="")
        challenge, method = self._challenge
        AuthorizationCode.objects.create(
            hash=hash_of(code),
            grant=grant,
            redirect_uri=self.redirect_uri,
            scope=scope,
            nonce=self.nonce,
            state=self.state,
            code_challenge=challenge,
            code_challenge_method=method,
            allows_refresh=self.allows_refresh,
            expires_at=now + CODE_LASTS,
        )
        return code


def make_device_code(application: Application, *, scope: str, expires_at: datetime) -> tuple[DeviceCode, str]:
    """What a program without a browser waits on, and its secret."""
    secret = new_secret(mark="")
    user_code = _unused(lambda: "-".join(_letters(4) for _ in range(2)))
    code = DeviceCode.objects.create(
        hash=hash_of(secret), user_code=user_code, application=application, scope=scope, expires_at=expires_at
    )
    return code, secret


def _letters(count: int) -> str:
    return "".join(secrets.choice(_USER_CODE_SIGNS) for _ in range(count))


def _unused(make: Callable[[], str]) -> str:
    while DeviceCode.objects.filter(user_code=(made := make())).exists():
        pass
    return made
