"""Tokens for applications: one for each resource server, and what buys them anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from apps.accounts.models import Application, Consent, Grant, Token, User
from apps.accounts.services import audit
from apps.accounts.services.consents import consents_below, consents_for, give_consents
from apps.accounts.services.scopes import by_resource_server
from apps.accounts.services.secrets import beginning_of, hash_of, new_secret
from apps.accounts.services.sign_in import SignIn
from apps.accounts.types import Scope

REPEATED_WITHIN = timedelta(seconds=30)
"""A client that shows a refresh token twice within this time is in a hurry, not a thief."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new access token with its secret, and that of the refresh token which buys the next one."""

    token: Token
    secret: str
    refresh_secret: str | None


@transaction.atomic
def let_in(
    *,
    user: User,
    application: Application,
    scopes: Iterable[Scope],
    allows_refresh: bool,
    now: datetime,
    sign_in: SignIn | None = None,
) -> Grant:
    """Keep what the user lets the application do, and note that it is let in now. A program that lets itself in has
    not signed in."""
    give_consents(user=user, application=application, scopes=scopes, allows_refresh=allows_refresh, now=now)
    return Grant.objects.create(
        user=user,
        application=application,
        created_at=now,
        signed_in_at=sign_in.at if sign_in else None,
        authentications=sign_in.authentications if sign_in else {},
    )


@transaction.atomic
def issue(grant: Grant, names: Iterable[str], *, allows_refresh: bool, now: datetime) -> list[Issued]:
    """A token for each resource server at which one of the scopes is good."""
    issued = []
    for resource_server, scopes in by_resource_server(names).items():
        stands_on = consents_for(user=grant.user, application=grant.application, names=scopes)
        refresh = _make(grant, Token.Kind.REFRESH, resource_server, scopes, stands_on, now) if allows_refresh else None
        issued.append(_access(grant, resource_server, scopes, stands_on, now, refresh))
    return issued


@transaction.atomic
def issue_dependent(token: Token, *, only: Set[str], allows_refresh: bool, now: datetime) -> list[Issued]:
    """For the service that was shown the token: tokens for what it may use elsewhere, by consents below the token's.

    ``only`` names the scopes that it wants now; none is all.
    """
    grant = token.grant
    if grant is None:
        return []
    below: dict[str, Consent] = {
        consent.scope: consent for consent in consents_below(token.consents) if not only or consent.scope in only
    }
    issued = []
    for resource_server, scopes in by_resource_server(below).items():
        stands_on = [below[name].pk for name in scopes]
        may_refresh = allows_refresh and all(below[name].allows_refresh for name in scopes)
        refresh = _make(grant, Token.Kind.REFRESH, resource_server, scopes, stands_on, now) if may_refresh else None
        issued.append(_access(grant, resource_server, scopes, stands_on, now, refresh))
    return issued


def live_refresh_token(secret: str, *, now: datetime) -> Token | None:
    """The refresh token, locked, if it may still be used.

    One that was followed by another which was used since has been copied: then all tokens of the grant end (OAuth 2.1,
    4.3.1). One whose followers were never used is shown again by a client that lost the answer, or that keeps the
    first token for ever, as many scripts do.
    """
    found = Token.objects.select_for_update(of=("self",)).select_related("grant", "application", "user")
    token = found.filter(hash=hash_of(secret), kind=Token.Kind.REFRESH).first()
    if token is None or not token.is_live(now) or token.grant is None or not token.user.is_active:
        return None
    followers = token.children.filter(kind=Token.Kind.REFRESH)
    if followers.filter(used_at__lt=now - REPEATED_WITHIN).exists():
        end_grant(token.grant, now=now, reason="a refresh token was used again after the one that followed it")
        return None
    return token


@transaction.atomic
def refresh(token: Token, names: Sequence[str], *, now: datetime) -> Issued:
    """A new access token for some of the refresh token's scopes, and the refresh token that follows it."""
    grant = token.grant
    assert grant is not None  # live_refresh_token gives no other
    unused = token.children.filter(kind=Token.Kind.REFRESH, used_at=None, created_at__lt=now - REPEATED_WITHIN)
    unused.update(revoked_at=now)
    token.used_at = token.used_at or now
    token.last_used_at, token.expires_at = now, now + timedelta(days=settings.REFRESH_TOKEN_DAYS)
    token.save(update_fields=["used_at", "last_used_at", "expires_at"])
    Consent.objects.filter(pk__in=token.consents).update(last_used_at=now)
    all_scopes = token.scope.split()
    follower = _make(grant, Token.Kind.REFRESH, token.resource_server, all_scopes, token.consents, now, parent=token)
    return _access(grant, token.resource_server, names or all_scopes, token.consents, now, follower)


def _access(
    grant: Grant,
    resource_server: str,
    scopes: Sequence[str],
    stands_on: list[int],
    now: datetime,
    refresh: tuple[Token, str] | None,
) -> Issued:
    parent = refresh[0] if refresh else None
    token, secret = _make(grant, Token.Kind.ACCESS, resource_server, scopes, stands_on, now, parent=parent)
    return Issued(token, secret, refresh[1] if refresh else None)


def _make(
    grant: Grant,
    kind: str,
    resource_server: str,
    scopes: Sequence[str],
    stands_on: list[int],
    now: datetime,
    parent: Token | None = None,
) -> tuple[Token, str]:
    lasts = {
        Token.Kind.ACCESS: timedelta(seconds=settings.ACCESS_TOKEN_S),
        Token.Kind.REFRESH: timedelta(days=settings.REFRESH_TOKEN_DAYS),
    }[Token.Kind(kind)]
    secret = new_secret()
    token = Token.objects.create(
        kind=kind,
        user=grant.user,
        application=grant.application,
        grant=grant,
        prefix=beginning_of(secret),
        hash=hash_of(secret),
        resource_server=resource_server,
        scope=" ".join(scopes),
        consents=stands_on,
        parent=parent,
        expires_at=now + lasts,
    )
    return token, secret


@transaction.atomic
def revoke(token: Token, *, now: datetime) -> None:
    """End a token; with a refresh token end all of its grant for the same resource server (RFC 7009, 2.1)."""
    if token.kind == Token.Kind.REFRESH:
        Token.objects.filter(grant=token.grant, resource_server=token.resource_server, revoked_at=None).update(
            revoked_at=now
        )
    elif token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])


def end_grant(grant: Grant, *, now: datetime, reason: str) -> None:
    """End every token that was issued on this occasion."""
    grant.tokens.filter(revoked_at=None).update(revoked_at=now)
    grant.revoked_at = now
    grant.save(update_fields=["revoked_at"])
    audit.record(
        "grant.revoked",
        kind="application",
        id=grant.application_id,
        name=grant.application.name,
        actor=grant.user,
        reason=reason,
    )
