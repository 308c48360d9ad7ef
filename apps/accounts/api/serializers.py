"""What is told about identities, with the keys that clients of Globus Auth read."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings

from apps.accounts.models import Identity, User


def userinfo(user: User, identities: list[Identity]) -> dict[str, Any]:
    """The identity that the user is known by, and the set of all."""
    known_by = _identity(identities[0], user)
    username = known_by.pop("username")
    return {
        **known_by,
        "preferred_username": username,
        "identity_set": [_identity(identity, user) for identity in identities],
    }


def _identity(identity: Identity, user: User) -> dict[str, Any]:
    signed_in_at = user.last_login if identity.is_local else None
    return {
        "sub": str(identity.pk),
        "username": identity.username,
        "name": identity.name,
        "email": identity.email or None,
        "identity_provider": provider_id(identity.provider),
        "identity_provider_display_name": (identity.is_local and settings.FACILITY) or identity.provider,
        "organization": None,
        "last_authentication": signed_in_at and int(signed_in_at.timestamp()),
    }


def provider_id(provider: str) -> str:
    """A UUID for a provider that has a domain: clients expect one, and it must not change from start to start."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, provider))
