"""Collections: made, found, shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.access import services as access
from apps.access.services import Actor
from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.storage.errors import InvalidCollection, NoSuchCollection
from apps.storage.models import Collection
from apps.storage.services.opening import BACKENDS, open_storage, seal_credentials
from apps.storage.services.rules import living_rules, require
from apps.storage.types import FilePath

Kind = Collection.Kind
KIND = "collection"


def visible_collections(actor: Actor) -> QuerySet[Collection]:
    """Those that the actor is told of: by who may see them, by a role, or by a rule on something in them."""
    shown = Collection.objects.select_related("owner", "parent")
    if isinstance(actor, User) and actor.is_active and actor.is_superuser:
        return shown
    principals = access.principals_of(actor)
    held = access.resources_with_role(actor, KIND)
    ruled = living_rules(principals).values("collection")
    return shown.filter(Q(pk__in=_shown_to(principals)) | Q(pk__in=ruled) | Q(pk__in=list(held)))


def _shown_to(principals: Iterable[str]) -> list[UUID]:
    """SQLite has no question for what a JSON list holds; collections are few."""
    mine = set(principals)
    seen = Collection.objects.values_list("pk", "visible_to")
    return [pk for pk, visible_to in seen if not mine.isdisjoint(visible_to)]


def get_collection(collection_id: UUID, *, actor: Actor) -> Collection:
    """
    Raises:
        NoSuchCollection: there is none with this id, or the actor is not told of it.
    """
    found = Collection.objects.select_related("owner", "parent__owner").filter(pk=collection_id).first()
    if found is None or not _is_told_of(actor, found):
        raise NoSuchCollection
    return found


def _is_told_of(actor: Actor, collection: Collection) -> bool:
    """What ``visible_collections`` asks of all, of one: this is asked for each file that is read."""
    principals = access.principals_of(actor)
    return (
        not principals.isdisjoint(collection.visible_to)
        or bool(access.role_names(actor, collection.resource))
        or living_rules(principals).filter(collection=collection).exists()
    )


def find_collections(actor: Actor, *, text: str = "") -> QuerySet[Collection]:
    """Those in whose name, description or keywords each word of the text stands."""
    found = visible_collections(actor)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word) | Q(keywords__icontains=word))
    return found


@transaction.atomic
def create_collection(
    *,
    actor: User,
    name: str,
    kind: str,
    settings: dict[str, Any] | None = None,
    credentials: dict[str, Any] | None = None,
    base_path: str = "/",
    description: str = "",
    visible_to: Iterable[str] | None = None,
    owner: User | None = None,
    collection_id: UUID | None = None,
    gives_signed_urls: bool = False,
) -> Collection:
    """Make a collection. Its storage is opened once: settings that cannot work are refused.

    It belongs to the actor, or to the ``owner`` whom they make it for. ``collection_id`` is for one whose id is written
    elsewhere already, in records say.

    Raises:
        NotAllowed: the actor is no administrator of the portal; a collection names folders of its machine, or hosts
            that it calls.
        InvalidCollection: the settings do not fit the kind, or the id is taken.
    """
    if not actor.is_superuser:
        raise NotAllowed("Only administrators of the portal make collections. Share a folder of one instead.")
    if kind not in BACKED:
        raise InvalidCollection(f"There is no kind {kind[:40]!r}. Choose one of {', '.join(BACKED)}.", place="kind")
    if collection_id and Collection.objects.filter(pk=collection_id).exists():
        raise InvalidCollection("There is a collection with this id already.", place="collection_id")
    collection = Collection(
        id=collection_id or uuid4(),
        name=name,
        kind=kind,
        owner=owner or actor,
        settings=settings or {},
        sealed=seal_credentials(credentials or {}),
        base_path=FilePath.parse(base_path).key,
        description=description,
        gives_signed_urls=gives_signed_urls,
    )
    if visible_to is not None:
        collection.visible_to = [str(parse_principal(one)) for one in visible_to]
    open_storage(collection)[0].close()
    return _made(collection, actor)


BACKED = tuple(BACKENDS)


@transaction.atomic
def share_folder(*, actor: User, parent: Collection, path: FilePath, name: str, description: str = "") -> Collection:
    """Make a guest collection of a folder that the actor may read; they give others what they themselves may do there.

    Raises:
        AccessDenied: the actor may not read the folder.
        NoSuchFile, NotAFolder: it is none.
    """
    require(actor, "r", parent, path)
    storage, base = open_storage(parent)
    try:
        if path.names:
            entry = storage.stat(path.below(base))
            if not entry.is_folder:
                raise InvalidCollection("Only a folder can be shared.", place="path")
    finally:
        storage.close()
    return _made(
        Collection(name=name, kind=Kind.GUEST, owner=actor, parent=parent, base_path=path.key, description=description),
        actor,
    )


def _made(collection: Collection, actor: User) -> Collection:
    collection.save(force_insert=True)
    access.grant(collection.resource, "owner", access.principal_of(collection.owner))
    tell("made", collection, actor, type=collection.kind)
    return collection


def tell(verb: str, collection: Collection, actor: User, **details: Any) -> None:
    """Write it into the audit log."""
    accounts.record(f"collection.{verb}", kind=KIND, id=collection.pk, name=collection.name, actor=actor, **details)
