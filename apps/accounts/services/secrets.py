"""Secrets that programs show: made at random, kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_MARK = "vit_"  # noqa: S105 (what every token begins with, so that scanners of secrets can tell one)


def new_secret(mark: str = TOKEN_MARK) -> str:
    """256 random bits, in letters that need no escape anywhere."""
    return mark + secrets.token_urlsafe(32)


def beginning_of(secret: str) -> str:
    """As much of it as may be shown, to tell one's secrets apart."""
    return secret[: len(TOKEN_MARK) + 4]


def hash_of(secret: str) -> str:
    """What is kept. The secret is random and long: no one can try them all, so a slow hash would protect nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(secret: str, kept: str) -> bool:
    """Whether the secret is the one of which the hash was kept, in a time that tells nothing."""
    return hmac.compare_digest(hash_of(secret), kept)
