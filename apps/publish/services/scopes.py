"""What tokens of programs may be allowed to do with submissions."""

from __future__ import annotations

from uuid import UUID

from apps.accounts.services import scopes

PUBLISH_ID = "6f1b2c1e-93a4-4d5c-8a7e-2f4c0d9b7e35"
"""The resource server of publishing, which no hosted service has: a name of our own."""
_WORDS = {
    "all": "Write, publish and review submissions as you",
    "view": "See forms, and the submissions that you may see",
    "manage": "Write and publish submissions as you",
    "review": "Decide about submissions as you",
    "forms": "Make, change and delete forms as you",
}


def scope(suffix: str) -> str:
    return scopes.url(PUBLISH_ID, suffix)


def words_of_scope(owner: UUID, suffix: str) -> str | None:
    """What a scope allows; None if it is none of publishing."""
    return _WORDS.get(suffix) if str(owner) == PUBLISH_ID else None
