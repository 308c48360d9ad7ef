"""What the feed of a standing search holds: what it found, as its owner may see it now."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import compare_digest
from uuid import UUID

from apps.common.vault import unseal
from apps.search import services as search
from apps.search.models import Index
from apps.search.types import Record
from apps.triggers.errors import NoSuchTrigger
from apps.triggers.models import Trigger
from apps.triggers.searches import question
from apps.triggers.types import Records


def trigger_of_feed(trigger_id: UUID, *, key: str) -> Trigger:
    """
    Raises:
        NoSuchTrigger: there is no such standing search, it has another key, or its owner may not sign in any more.
    """
    feeds = Trigger.objects.filter(kind=Trigger.Kind.RECORDS, owner__is_active=True).exclude(sealed_secret="")
    trigger = feeds.select_related("owner").filter(pk=trigger_id).first()
    if trigger is None or not compare_digest(unseal(trigger.sealed_secret).encode(), key.encode(errors="replace")):
        raise NoSuchTrigger
    return trigger


def records_of(trigger: Trigger, *, index: Index, subjects: Sequence[str]) -> list[Record]:
    """Those of the subjects that its owner sees, and that answer the search still."""
    records = trigger.watched
    assert isinstance(records, Records)  # no other kind finds records
    return search.answering(index=index, request=question(records), subjects=subjects, actor=trigger.owner)
