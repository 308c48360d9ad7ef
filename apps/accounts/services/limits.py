"""Doors that take a secret are closed for a while to who keeps showing wrong ones."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache

from apps.common.errors import TooMany

WINDOW_S = 300


def require_few_failures(who: str) -> None:
    """
    Raises:
        TooMany: there were too many within the last five minutes.
    """
    if cache.get(_key(who), 0) >= settings.FAILURES_ALLOWED:
        raise TooMany("Too many tries. Wait five minutes, then check what you send.")


def count_failure(who: str) -> None:
    if not cache.add(_key(who), 1, WINDOW_S):
        try:
            cache.incr(_key(who))
        except ValueError:  # it ended between the two
            cache.set(_key(who), 1, WINDOW_S)


def _key(who: str) -> str:
    return f"failures:{who}"
