"""Personal access tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Q

from apps.accounts.errors import NoSuchToken
from apps.accounts.models import Token, User
from apps.common.prepared import Prepared, Slot

_TOKEN_MARK = "vit_"  # noqa: S105 (what every token begins with, so that scanners of secrets can tell one)
_SEEN_EVERY = timedelta(minutes=1)


def make_token(*, user: User, name: str, expires_at: datetime) -> tuple[Token, str]:
    """Make a token and its secret, which is told this once and kept nowhere."""
    secret = _TOKEN_MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user, name=name, prefix=secret[: len(_TOKEN_MARK) + 4], hash=_hash(secret), expires_at=expires_at
    )
    return token, secret


def tokens_of(user: User) -> list[Token]:
    """The tokens that were not revoked, the newest first; those that have ended too."""
    return list(user.tokens.filter(revoked_at=None))


def revoke_token(*, actor: User, token_id: UUID, now: datetime) -> Token:
    """End one of the actor's own tokens; doing it twice changes nothing.

    Raises:
        NoSuchToken: the actor has none with this id.
    """
    token = Token.objects.filter(pk=token_id, user=actor).first()
    if token is None:
        raise NoSuchToken
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
    return token


_TOKEN = Prepared(lambda: Token.objects.select_related("user").filter(hash=Slot("hash", CharField())).order_by())


def user_of_token(secret: str, *, now: datetime) -> User | None:
    """Whose live token this is; None if there is none, or its user may not sign in.

    That it was used is written at most once a minute, so that reading stays reading.
    """
    token = next(iter(_TOKEN(hash=_hash(secret))), None)
    if token is None or not token.is_live(now) or not token.user.is_active:
        return None
    if token.last_used_at is None or token.last_used_at <= now - _SEEN_EVERY:
        seen_before = Q(last_used_at=None) | Q(last_used_at__lte=now - _SEEN_EVERY)
        Token.objects.filter(seen_before, pk=token.pk).update(last_used_at=now)
    return token.user


def _hash(secret: str) -> str:
    # The secret is 256 random bits: no one can try them all, so that a slow hash would protect nothing.
    return hashlib.sha256(secret.encode()).hexdigest()
