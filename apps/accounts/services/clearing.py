"""Rows that are of no use any more: codes and tokens that ended, and occasions of which nothing is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from apps.accounts.models import AuthorizationCode, DeviceCode, Grant, Token

CODES_KEPT = timedelta(days=1)
TOKENS_KEPT = timedelta(days=30)
"""As long as this a code or token that comes back is known for what it was: used, followed by another, revoked."""


def clear(*, now: datetime) -> int:
    """Take them away, and say how many rows went."""
    ended = Q(expires_at__lt=now - TOKENS_KEPT) | Q(revoked_at__lt=now - TOKENS_KEPT)
    old_codes = Q(expires_at__lt=now - CODES_KEPT)
    gone = [
        AuthorizationCode.objects.filter(old_codes).delete()[0],
        DeviceCode.objects.filter(old_codes).delete()[0],
        Token.objects.exclude(kind=Token.Kind.PERSONAL).filter(ended).delete()[0],
        Grant.objects.filter(tokens=None, authorizationcode=None, created_at__lt=now - TOKENS_KEPT).delete()[0],
    ]
    return sum(gone)
