"""Folders that people come back to.

A bookmark whose collection its owner is not told of any more is neither shown nor in the way: it is there again when
the collection is, unless its name was given to another meanwhile.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.transfer.errors import BookmarkTaken, InvalidTask, NoSuchBookmark
from apps.transfer.models import Bookmark

MOST = 1000
"""The list of them is given whole."""


def bookmarks_of(actor: User) -> QuerySet[Bookmark]:
    """The actor's own, by name, as far as they are told of the collections."""
    seen = storage.visible_collections(actor).order_by().values("pk")
    return Bookmark.objects.filter(owner=actor, collection__in=seen).select_related("collection")


def get_bookmark(bookmark_id: UUID, *, actor: User) -> Bookmark:
    """
    Raises:
        NoSuchBookmark: the actor has none with this id.
    """
    found = bookmarks_of(actor).filter(pk=bookmark_id).first()
    if found is None:
        raise NoSuchBookmark
    return found


@transaction.atomic
def add_bookmark(*, actor: User, name: str, collection: Collection, path: FilePath) -> Bookmark:
    """Whether the folder is there, and whether the actor may read it, is seen when it is opened.

    Raises:
        BookmarkTaken: the actor has one of this name. InvalidTask: the name is none, or there are too many.
    """
    _require_name(name)
    if Bookmark.objects.filter(owner=actor).count() >= MOST:
        raise InvalidTask(f"You have {MOST:,} bookmarks. Delete some that you need no more.")
    return _kept(Bookmark(owner=actor, name=name, collection=collection, path_key=path.key))


@transaction.atomic
def change_bookmark(*, bookmark: Bookmark, name: str | None = None, path: FilePath | None = None) -> Bookmark:
    """
    Raises:
        BookmarkTaken: its owner has another of this name. InvalidTask: the name is none.
    """
    if name is not None:
        _require_name(name)
        bookmark.name = name
    if path is not None:
        bookmark.path_key = path.key
    return _kept(bookmark)


def remove_bookmark(bookmark: Bookmark) -> None:
    bookmark.delete()


def _require_name(name: str) -> None:
    if not name or name != name.strip() or len(name) > Bookmark.LONGEST_NAME:
        told = f"A name has 1 to {Bookmark.LONGEST_NAME} characters, and no space before or after it."
        raise InvalidTask(told, place="name")


def _kept(bookmark: Bookmark) -> Bookmark:
    owner = bookmark.owner
    others = Bookmark.objects.filter(owner=owner, name=bookmark.name).exclude(pk=bookmark.pk)
    others.exclude(pk__in=bookmarks_of(owner).values("pk")).delete()
    try:
        with transaction.atomic():
            bookmark.save()
    except IntegrityError as error:
        raise BookmarkTaken(place="name") from error
    return bookmark
