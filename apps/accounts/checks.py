"""Combinations of settings that cannot work, told when the portal starts."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

_VERIFICATIONS = ("none", "optional", "mandatory")


@register()
def verification_is_possible(**_: Any) -> list[CheckMessage]:
    """A portal that asks people to confirm their address must be able to write to them."""
    chosen = settings.ACCOUNT_EMAIL_VERIFICATION
    if chosen not in _VERIFICATIONS:
        hint = f"Set VITRINE_EMAIL_VERIFICATION to one of {', '.join(_VERIFICATIONS)}."
        return [Error(f"{chosen!r} is no way to verify e-mail addresses.", hint=hint, id="accounts.E001")]
    if chosen == "mandatory" and settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        hint = "Set VITRINE_EMAIL_HOST, or VITRINE_EMAIL_VERIFICATION=none."
        message = "Nobody can sign in before they confirm their address, and e-mail goes to the log alone."
        return [Warning(message, hint=hint, id="accounts.W001")]
    return []


@register()
def provider_is_a_name(**_: Any) -> list[CheckMessage]:
    """Usernames end in it (``alice@vitrine.local``), so that it must look like a domain."""
    if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", settings.IDENTITY_PROVIDER):
        return []
    hint = "Set VITRINE_IDENTITY_PROVIDER to a name in lower case such as vitrine.example.org."
    return [Error(f"{settings.IDENTITY_PROVIDER!r} cannot end a username.", hint=hint, id="accounts.E002")]
