"""What the token endpoint answers, with the keys that clients of Globus Auth read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from authlib.oidc.core.util import create_half_hash
from django.conf import settings

from apps.accounts.models import Grant
from apps.accounts.services import keys
from apps.accounts.services.issuing import Issued
from apps.accounts.services.people import known_by

ID_TOKEN_LASTS = timedelta(days=2)


def issuer() -> str:
    """Who vouches for tokens; below it stands ``/.well-known/openid-configuration``."""
    return f"{settings.PUBLIC_URL}/api/auth"


def sign_in_answer(
    grant: Grant, issued: Sequence[Issued], *, names: Collection[str], now: datetime, state: str = "", nonce: str = ""
) -> dict[str, Any]:
    """The tokens of somebody's sign-in, with one that tells who they are where ``openid`` is among the scopes."""
    answer = token_answer(issued)
    if state:
        answer["state"] = state
    if "openid" in names:
        answer["id_token"] = _id_token(grant, names, access_token=issued[0].secret, nonce=nonce, now=now)
    return answer


def token_answer(issued: Sequence[Issued], *, alone: bool = False) -> dict[str, Any]:
    """The first token with the others beneath it; ``alone`` without that key, as one of a list."""
    first, *others = issued
    answer = _one(first)
    if not alone:
        answer["other_tokens"] = [_one(one) for one in others]
    return answer


def _one(issued: Issued) -> dict[str, Any]:
    token = issued.token
    told = {
        "access_token": issued.secret,
        "scope": token.scope,
        "expires_in": settings.ACCESS_TOKEN_S,
        "token_type": "Bearer",
        "resource_server": token.resource_server,
    }
    return told if issued.refresh_secret is None else {**told, "refresh_token": issued.refresh_secret}


def error_answer(told: dict[str, Any], status: int) -> dict[str, Any]:
    """OAuth's words, and the same again in the list that clients of Globus Auth read.

    UNAUTHORIZED lets the ``globus`` command say what to do: sign in, or mend the secret.
    """
    error, description = told.get("error", ""), told.get("error_description", "")
    is_refused = error in {"invalid_client", "invalid_grant"}
    one = {
        "status": str(status),
        "code": "UNAUTHORIZED" if is_refused else error.upper(),
        "title": HTTPStatus(status).phrase,
        "detail": f"{error}: {description}" if description else error,
    }
    return {**told, "errors": [one]}


def _id_token(grant: Grant, scopes: Iterable[str], *, access_token: str, nonce: str, now: datetime) -> str:
    """Who signed in, for the application alone (OpenID Connect Core, 2)."""
    half_hash = create_half_hash(access_token, keys.ALGORITHM)
    claims: dict[str, Any] = {
        "iss": issuer(),
        "aud": str(grant.application_id),
        "iat": int(now.timestamp()),
        "exp": int((now + ID_TOKEN_LASTS).timestamp()),
        "at_hash": half_hash.decode() if half_hash else None,
        **person_claims(grant, set(scopes)),
    }
    if grant.signed_in_at:
        claims["auth_time"] = int(grant.signed_in_at.timestamp())
    if nonce:
        claims["nonce"] = nonce
    return keys.sign(claims)


def person_claims(grant: Grant, scopes: set[str]) -> dict[str, Any]:
    person = known_by(grant.user)
    claims: dict[str, Any] = {"sub": str(person.pk)}
    if "profile" in scopes:
        claims |= {"name": person.name, "preferred_username": person.username}
        claims |= {"identity_provider": person.provider}
    if "email" in scopes:
        claims |= {"email": person.email or None}
    return claims
