"""Bookmarks as links, for any page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.access.services import Actor
from apps.accounts.models import User
from apps.transfer import services as transfer
from apps.transfer.models import Bookmark
from apps.web.tasks.places import folder_url, shown


@dataclass(frozen=True, slots=True)
class BookmarkLink:
    """``place`` says where it leads, in words."""

    id: UUID
    name: str
    place: str
    url: str


def bookmark_links(actor: Actor) -> list[BookmarkLink]:
    """The actor's own, by name; nobody has none."""
    return [_link(one) for one in transfer.bookmarks_of(actor)] if isinstance(actor, User) else []


def _link(one: Bookmark) -> BookmarkLink:
    url = folder_url(one.collection_id, one.path)
    return BookmarkLink(one.pk, one.name, f"{one.collection.name}: {shown(one.path)}", url)
