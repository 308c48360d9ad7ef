"""Tokens that programs show: personal ones are made here by hand, and each is looked up here."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Q

from apps.accounts.errors import NoSuchToken
from apps.accounts.models import Token, User
from apps.accounts.services.audit import record
from apps.accounts.services.secrets import beginning_of, hash_of, new_secret
from apps.common.prepared import Prepared, Slot

_SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(*, user: User, name: str, expires_at: datetime) -> tuple[Token, str]:
    """Make a personal token and its secret, which is told this once and kept nowhere."""
    secret = new_secret()
    token = Token.objects.create(
        user=user, name=name, prefix=beginning_of(secret), hash=hash_of(secret), expires_at=expires_at
    )
    record("token.made", kind="token", id=token.pk, name=name, actor=user, ends=expires_at.isoformat())
    return token, secret


def tokens_of(user: User) -> list[Token]:
    """The personal tokens that were not revoked, the newest first; those that have ended too."""
    return list(user.tokens.filter(kind=Token.Kind.PERSONAL, revoked_at=None))


def revoke_token(*, actor: User, token_id: UUID, now: datetime) -> Token:
    """End one of the actor's own personal tokens; doing it twice changes nothing.

    Raises:
        NoSuchToken: the actor has none with this id.
    """
    token = Token.objects.filter(pk=token_id, user=actor, kind=Token.Kind.PERSONAL).first()
    if token is None:
        raise NoSuchToken
    end_token(token, actor=actor, now=now)
    return token


@transaction.atomic
def end_token(token: Token, *, actor: User, now: datetime) -> bool:
    """Revoke the token, whosever it is; false if it was revoked before. Whether the actor may the caller has asked."""
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        return False
    token.revoked_at = now
    record("token.revoked", kind="token", id=token.pk, name=token.name, actor=actor, user=token.user.username)
    return True


_TOKEN = Prepared(lambda: Token.objects.select_related("user").filter(hash=Slot("hash", CharField())).order_by())


def find_token(secret: str, *, now: datetime) -> Token | None:
    """The live token with this secret, of any kind but refresh, with its user; None if its user may not come in.

    That it was used is written at most once a minute, so that reading stays reading.
    """
    token = next(iter(_TOKEN(hash=hash_of(secret))), None)
    is_shown_to_services = token is not None and token.kind != Token.Kind.REFRESH
    if token is None or not is_shown_to_services or not token.is_live(now) or not token.user.is_active:
        return None
    if token.last_used_at is None or token.last_used_at <= now - _SEEN_EVERY:
        seen_before = Q(last_used_at=None) | Q(last_used_at__lte=now - _SEEN_EVERY)
        Token.objects.filter(seen_before, pk=token.pk).update(last_used_at=now)
    return token


def token_of(secret: str) -> Token | None:
    """The token with this secret, live or not, of any kind, with whose it is; for those who ask about tokens."""
    found = Token.objects.select_related("user", "application", "grant")
    return found.filter(hash=hash_of(secret)).first()
