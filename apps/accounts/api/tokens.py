"""Tokens: exchanged, looked at, ended. The bodies of requests are forms, as OAuth has them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.base import OpenView
from apps.accounts.api.limits import limit_failures
from apps.accounts.models import Application, Token
from apps.accounts.oauth.answer import issuer
from apps.accounts.oauth.server import exchange, make_device_code, require_client
from apps.accounts.services import issuing, scopes
from apps.accounts.services.people import identities_of
from apps.accounts.services.tokens import token_of
from apps.accounts.types import parse_scopes
from apps.common.errors import Invalid

DEVICE_CODE_LASTS = timedelta(minutes=15)


class Exchange(OpenView):
    """A1: codes, refresh tokens and secrets for tokens."""

    @limit_failures
    def post(self, request: Request) -> HttpResponse:
        response = exchange(request._request)
        response["Pragma"] = "no-cache"
        return response


class TokenView(OpenView):
    """One that is sent a token by an application."""

    is_public_enough = False

    def application(self) -> Application:
        return require_client(self.request._request, is_public_enough=self.is_public_enough)

    def token(self) -> Token | None:
        secret = self.request._request.POST.get("token", "")
        if not secret:
            raise Invalid("Send the token as a form field.", place="token")
        return token_of(secret)


class Introspect(TokenView):
    """A4: what a token is worth, for the service that it was shown to and for the application that has it."""

    @limit_failures
    def post(self, request: Request) -> Response:
        application, token = self.application(), self.token()
        may_look = token is not None and (
            token.application_id == application.pk or token.resource_server == str(application.pk)
        )
        if token is None or not may_look or not _is_good(token):
            return Response({"active": False})
        return Response(introspected(token, include=set(request._request.POST.get("include", "").split(","))))


class Validate(TokenView):
    """A5: whether a token of the application still works."""

    @limit_failures
    def post(self, request: Request) -> Response:
        application, token = self.application(), self.token()
        is_own = token is not None and token.application_id == application.pk
        return Response({"active": token is not None and is_own and _is_good(token)})


class Revoke(TokenView):
    """A6: end a token. Of one that is not the application's nothing is told and nothing happens (RFC 7009).

    The ``globus`` command ends the tokens of its installation in the name of the program that this was made from.
    """

    is_public_enough = True

    @limit_failures
    def post(self, request: Request) -> Response:
        application, token = self.application(), self.token()
        holder = token and token.application
        if token and holder and application.pk in {holder.pk, holder.template_id}:
            issuing.revoke(token, now=timezone.now())
        return Response({"active": False})


class DeviceAuthorization(TokenView):
    """Begin to sign in on a device without a browser (RFC 8628)."""

    is_public_enough = True

    @limit_failures
    def post(self, request: Request) -> Response:
        application = self.application()
        scope = request._request.POST.get("scope", "") or "openid"
        scopes.require_offered(parse_scopes(scope))
        expires_at = timezone.now() + DEVICE_CODE_LASTS
        code, secret = make_device_code(application, scope=scope, expires_at=expires_at)
        page = f"{settings.PUBLIC_URL}/account/device/"
        return Response(
            {
                "device_code": secret,
                "user_code": code.user_code,
                "verification_uri": page,
                "verification_uri_complete": f"{page}?user_code={code.user_code}",
                "expires_in": int(DEVICE_CODE_LASTS.total_seconds()),
                "interval": 5,
            }
        )


def _is_good(token: Token) -> bool:
    return token.is_live(timezone.now()) and token.user.is_active


def introspected(token: Token, *, include: set[str]) -> dict[str, Any]:
    """What is told of a live token (RFC 7662, and the keys of Globus Auth)."""
    identities = identities_of(token.user)
    known_by = identities[0]
    told: dict[str, Any] = {
        "active": True,
        "scope": token.scope,
        "sub": str(known_by.pk),
        "username": known_by.username,
        "name": known_by.name,
        "email": known_by.email or None,
        "client_id": str(token.application_id),
        "aud": [token.resource_server, str(token.application_id)],
        "iss": issuer(),
        "exp": int(token.expires_at.timestamp()),
        "iat": int(token.created_at.timestamp()),
        "nbf": int(token.created_at.timestamp()),
        "token_type": "Bearer",
        "dependent_tokens_cache_id": str(token.pk),
    }
    if include & {"identity_set", "identities_set"}:
        told["identity_set"] = told["identities_set"] = [str(identity.pk) for identity in identities]
    if "identity_set_detail" in include:
        told["identity_set_detail"] = [
            {"sub": str(one.pk), "username": one.username, "name": one.name, "email": one.email or None}
            for one in identities
        ]
    if "session_info" in include and token.grant is not None:
        told["session_info"] = {"session_id": str(token.grant_id), "authentications": token.grant.authentications}
    return told
