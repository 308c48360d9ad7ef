"""The scopes that each collection has of its own."""

from __future__ import annotations

from uuid import UUID

from apps.storage.models import Collection

_WORDS = {"https": "Read and write files of {} as you", "data_access": "Transfer files of {} as you"}


def words_of_scope(owner: UUID, suffix: str) -> str | None:
    """What a scope allows; None if there is no such collection or scope."""
    if suffix not in _WORDS:
        return None
    collection = Collection.objects.filter(pk=owner).first()
    return _WORDS[suffix].format(f"“{collection.name}”") if collection else None
