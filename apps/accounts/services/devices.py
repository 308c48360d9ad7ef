"""Codes that people type for programs on other devices."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import DeviceCode, User
from apps.accounts.services.limits import count_failure, require_few_failures


def waiting_code(typed: str, *, asker: User, now: datetime) -> DeviceCode | None:
    """The code that waits for an answer, typed in any case, with or without the hyphen.

    Raises:
        TooMany: the asker typed too many that are none. The codes are short, so that they could be tried.
    """
    require_few_failures(f"device:{asker.pk}")
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())[:8]
    code = DeviceCode.objects.select_related("application").filter(
        user_code=f"{letters[:4]}-{letters[4:]}", answered_at=None, expires_at__gt=now
    )
    found = code.first()
    if found is None:
        count_failure(f"device:{asker.pk}")
    return found
