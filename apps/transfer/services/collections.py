"""Collections that tasks are at work in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from apps.accounts.models import User
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.transfer.errors import CollectionInUse
from apps.transfer.models import Task


def tasks_using(collections: Iterable[Collection]) -> int:
    """How many tasks, of whomever, are not over and begin or end in one of these."""
    used = list(collections)
    return Task.objects.unfinished().filter(Q(source__in=used) | Q(destination__in=used)).count()


def delete_collection(*, collection: Collection, actor: User, with_guests: bool = False) -> None:
    """As ``storage.delete_collection``, unless a task would lose what it works on.

    Raises:
        AccessDenied: the actor does not administer it. FoldersShared: others share folders of it.
        CollectionInUse: a task is under way there, or in a guest collection of it.
    """
    if storage.administers(actor, collection) and tasks_using([collection, *storage.guests_of(collection)]):
        raise CollectionInUse
    storage.delete_collection(collection=collection, actor=actor, with_guests=with_guests)
