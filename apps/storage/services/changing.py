"""Collections: changed, and deleted with all that stands on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.access import services as access
from apps.access.types import parse_principal
from apps.accounts.models import User
from apps.storage.errors import FoldersShared, InvalidCollection
from apps.storage.models import Collection
from apps.storage.services import uploads
from apps.storage.services.collections import tell
from apps.storage.services.rules import require_administration

LONGEST = {"name": 200, "description": 4000, "keywords": 1000}
"""Characters, as in the table."""


@transaction.atomic
def change_collection(*, collection: Collection, actor: User, **told: Any) -> Collection:
    """Change what is said about it (``name``, ``description``, ``keywords``, ``visible_to``, ``is_read_only``,
    ``gives_signed_urls``).

    Raises:
        AccessDenied: the actor does not administer it.
        InvalidCollection: a text is too long, or none.
    """
    require_administration(actor, collection)
    _require_texts(told)
    if "visible_to" in told:
        told["visible_to"] = [str(parse_principal(one)) for one in told["visible_to"]]
    for field, value in told.items():
        setattr(collection, field, value)
    collection.save(update_fields=list(told))
    tell("changed", collection, actor, changed=sorted(told))
    return collection


def _require_texts(told: dict[str, Any]) -> None:
    for name, most in LONGEST.items():
        text = told.get(name, "")
        if "\0" in text or len(text) > most:
            raise InvalidCollection(f"Give a text of at most {most} characters.", place=name)


def guests_of(collection: Collection) -> list[Collection]:
    """The collections made of its folders, and those made of theirs: the nearest first."""
    found: list[Collection] = []
    above = [collection]
    while above:
        above = list(Collection.objects.filter(parent__in=above).select_related("owner"))
        found += above
    return found


@transaction.atomic
def delete_collection(*, collection: Collection, actor: User, with_guests: bool = False) -> None:
    """Forget the collection and its rules. Its files stay where they are; those that are on their way in are given up.
    What tasks do there is asked by ``transfer.delete_collection``, which others call.

    Raises:
        AccessDenied: the actor does not administer it.
        FoldersShared: others share folders of it, and these collections are not to go ``with_guests``.
    """
    require_administration(actor, collection)
    guests = guests_of(collection)
    if guests and not with_guests:
        raise FoldersShared
    for one in [*reversed(guests), collection]:
        tell("deleted", one, actor)
        access.withdraw_all(one.resource)
        uploads.give_up_all(one)
        one.delete()
