"""What tokens of programs may be allowed to do with triggers."""

from __future__ import annotations

from uuid import UUID

from apps.accounts.services import scopes

TRIGGERS_ID = "b7d1f0a4-2c55-4e0e-9a35-6f0f6f9a2d11"
"""The resource server of triggers, which no hosted service has: a name of our own."""
_WORDS = {
    "all": "Make and change triggers as you, and send them messages",
    "view": "See your triggers, and what they did",
    "send": "Send messages to your triggers",
}


def scope(suffix: str) -> str:
    return scopes.url(TRIGGERS_ID, suffix)


def words_of_scope(owner: UUID, suffix: str) -> str | None:
    """What a scope allows; None if it is none of triggers."""
    return _WORDS.get(suffix) if str(owner) == TRIGGERS_ID else None
