"""Indexes and the roles on them: who may see one, who may change it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import CharField, QuerySet, UUIDField
from django.utils import timezone
from django.utils.text import slugify

from apps.access import services as access
from apps.access.models import Role
from apps.access.services import Actor
from apps.access.types import LADDER
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.prepared import Prepared, Slot
from apps.search import presentation as presentations
from apps.search.errors import EngineUnavailable, IndexNotOpen, LastOwner, NoSuchIndex, NoSuchRole, RoleLimit
from apps.search.models import Index
from apps.search.services.asking import total
from apps.search.types import Audience

MOURNING = timedelta(days=30)
MAX_ROLES = 50

TAKEN = frozenset(
    {
        "accent",
        "account",
        "admin",
        "api",
        "collections",
        "files",
        "flows",
        "oai",
        "publish",
        "records",
        "static",
        "tasks",
        "timers",
        "triggers",
    }
)
"""Where the portal has pages of its own; an index's pages stand at its slug."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """An index as one caller may know it: whoever has a role on it knows all, others count what they see."""

    index: Index
    roles: tuple[str, ...]
    num_subjects: int
    num_entries: int
    size_bytes: int


def create_index(
    *,
    actor: User,
    display_name: str,
    description: str = "",
    slug: str = "",
    visible_to: tuple[str, ...] = ("public",),
    presentation: dict[str, object] | None = None,
    is_stemmed: bool = True,
    is_strict: bool = False,
) -> Index:
    """Make an empty index; the actor owns it. Without a ``slug`` its name makes one.

    Raises:
        Conflict: the slug is taken.
        InvalidDocument: the presentation is none, see ``presentation.check``.
    """
    wanted = slug or _free_slug(display_name)
    if wanted in TAKEN:
        raise Conflict(f"{wanted!r} is an address of the portal itself. Choose another slug.", place="slug")
    try:
        with transaction.atomic():
            index = Index.objects.create(
                slug=wanted,
                display_name=display_name,
                description=description,
                visible_to=list(visible_to),
                presentation=presentations.check(presentation or {}),
                is_stemmed=is_stemmed,
                is_strict=is_strict,
                created_at=timezone.now(),
            )
            _record("index.made", index, actor, visible_to=index.visible_to)
            access.grant(index.resource, "owner", access.principal_of(actor), actor=actor)
    except IntegrityError as error:
        raise Conflict(f"There is an index at {wanted!r} already. Choose another slug.", place="slug") from error
    return index


def _free_slug(name: str) -> str:
    base = slugify(name)[:60] or "index"
    base = f"{base}-index" if base in TAKEN else base
    return base if not Index.objects.filter(slug=base).exists() else f"{base}-{uuid.uuid4().hex[:8]}"


def get_index(*, name: str, actor: Actor) -> Index:
    """The index of this slug or UUID.

    Raises:
        NoSuchIndex: there is none, or the actor may not see it.
    """
    index = _find(name)
    if index is None:
        raise _missing(name)
    if "public" in index.visible_to or index in _seen(Index.objects.filter(pk=index.pk), actor):
        return index
    raise _missing(name)


def _find(name: str) -> Index | None:
    try:
        found = _BY_ID(id=uuid.UUID(name))
    except ValueError:
        is_askable = "\0" not in name  # PostgreSQL refuses the question.
        found = _BY_SLUG(slug=name) if is_askable else []
    return found[0] if found else None


_BY_ID = Prepared(lambda: Index.objects.filter(pk=Slot("id", UUIDField())))
_BY_SLUG = Prepared(lambda: Index.objects.filter(slug=Slot("slug", CharField())))


def _missing(name: str) -> NoSuchIndex:
    return NoSuchIndex(f'There is no search index named "{name[:100]}" that you may see.')


def _seen(indexes: QuerySet[Index], actor: Actor) -> list[Index]:
    principals = access.principals_of(actor)
    mine = access.resources_with_role(actor, "index", principals=principals)
    is_admin = isinstance(actor, User) and actor.is_superuser
    return [index for index in indexes if is_admin or index.pk in mine or not principals.isdisjoint(index.visible_to)]


def open_indexes(*, actor: Actor) -> list[tuple[Index, tuple[str, ...]]]:
    """The open indexes that the actor may see, by name, each with the roles that the actor has on it."""
    mine = access.resources_with_role(actor, "index")
    seen = _seen(Index.objects.filter(status=Index.Status.OPEN).order_by("display_name"), actor)
    return [(index, _sorted(mine.get(index.pk, frozenset()))) for index in seen]


def find_indexes(text: str, *, most: int) -> list[Index]:
    """Those in whose names the text stands, for administrators of the portal: whether one asks the caller has asked."""
    return list(Index.objects.filter(display_name__icontains=text).order_by("display_name")[:most])


def index_names(index_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What indexes are called, for those who may know of them; one that is gone is left out."""
    return dict(Index.objects.filter(pk__in=set(index_ids)).values_list("pk", "display_name"))


def _total_or_unknown(index: Index, audience: Audience) -> int:
    """-1 while the engine is away: a list of indexes must not fall with it."""
    try:
        return total(index, audience)
    except EngineUnavailable:
        return -1


def indexes_with_role(*, actor: Actor, names: tuple[str, ...] = LADDER) -> list[IndexState]:
    """The indexes on which the actor has one of these roles, the newest first."""
    mine = access.resources_with_role(actor, "index", names)
    indexes = Index.objects.filter(pk__in=list(mine)).order_by("-created_at")[:100]
    return [_state(index, mine[index.pk], Audience.everything()) for index in indexes]


def describe(*, index: Index, actor: Actor) -> IndexState:
    """What the actor may know of the index. Numbers of what one cannot see would tell that it is there."""
    names = role_names(index=index, actor=actor)
    return _state(index, names, Audience.everything() if names else Audience(access.principals_of(actor)))


def _state(index: Index, names: frozenset[str], audience: Audience) -> IndexState:
    subjects = _total_or_unknown(index, audience)
    if not names:
        return IndexState(index, (), max(subjects, 0), max(subjects, 0), 0)
    return IndexState(index, _sorted(names), max(subjects, 0), index.num_entries, index.size_bytes)


def _sorted(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in LADDER if name in names)


@transaction.atomic
def update_index(
    *,
    index: Index,
    actor: Actor,
    display_name: str | None = None,
    description: str | None = None,
    visible_to: tuple[str, ...] | None = None,
    is_strict: bool | None = None,
) -> Index:
    """Change what is not None. For admins, while the index is open."""
    require(index=index, actor=actor, role="admin", is_open=True)
    changes = {
        "display_name": display_name,
        "description": description,
        "visible_to": None if visible_to is None else list(visible_to),
        "is_strict": is_strict,
    }
    kept = {name: value for name, value in changes.items() if value is not None and value != getattr(index, name)}
    before = {name: getattr(index, name) for name in kept}
    for name, value in kept.items():
        setattr(index, name, value)
    if kept:
        index.save(update_fields=list(kept))
        _record("index.changed", index, actor, before=before, after=kept)
    return index


@transaction.atomic
def delete_index(*, index: Index, actor: Actor) -> None:
    """Close the index; it goes for good after 30 days, unless it is reopened. For owners."""
    require(index=index, actor=actor, role="owner", is_open=True)
    index.status, index.delete_at = Index.Status.DELETE_PENDING, timezone.now() + MOURNING
    index.save(update_fields=["status", "delete_at"])
    _record("index.deleted", index, actor, gone_for_good=index.delete_at.isoformat())


@transaction.atomic
def reopen_index(*, index: Index, actor: Actor) -> None:
    """Undo a deletion. For owners.

    Raises:
        Conflict: the index is open.
    """
    require(index=index, actor=actor, role="owner")
    if index.status == Index.Status.OPEN:
        raise _wrong_status(index, wanted=Index.Status.DELETE_PENDING)
    index.status, index.delete_at = Index.Status.OPEN, None
    index.save(update_fields=["status", "delete_at"])
    _record("index.reopened", index, actor)


def _record(action: str, index: Index, actor: Actor, **details: object) -> None:
    who = actor if isinstance(actor, User) else None
    accounts.record(action, kind="index", id=index.pk, name=index.display_name, actor=who, **details)


def require(*, index: Index, actor: Actor, role: str, is_open: bool = False) -> None:
    """Go on only if the actor has the role (or one above it), and the index is open if it must be.

    Raises:
        NotAllowed: the role is lacking.
        IndexNotOpen: the index is being deleted.
    """
    if not access.may(actor, role, index.resource):
        raise NotAllowed(
            f"You need the role {role!r} on the index {index.display_name!r}. Ask one of its owners for it.",
            details={
                "cause": f"missing role {role}",
                "recommended_resolution": "Ask an owner of the index for the role.",
            },
        )
    if is_open and index.status != Index.Status.OPEN:
        raise _wrong_status(index, wanted=Index.Status.OPEN)


def _wrong_status(index: Index, *, wanted: str) -> IndexNotOpen:
    return IndexNotOpen(f"Index status ({index.status}) did not match required status for this operation: {wanted}")


def role_names(*, index: Index, actor: Actor) -> frozenset[str]:
    """The roles that the actor has on the index."""
    return access.role_names(actor, index.resource)


def roles(*, index: Index, actor: Actor) -> list[Role]:
    """All roles on the index. For admins."""
    require(index=index, actor=actor, role="admin")
    return access.roles_on(index.resource)


def grant_role(*, index: Index, actor: Actor, role_name: str, principal: str) -> Role:
    """Give a role. For admins; only owners make owners.

    Raises:
        RoleLimit: the index has as many roles as it may have.
        Invalid: a role is for an identity or a group.
    """
    require(index=index, actor=actor, role="owner" if role_name == "owner" else "admin", is_open=True)
    if principal in {"public", "all_authenticated_users"}:
        raise Invalid("A role is for an identity or a group. Give its URN.", place="principal")
    if len(access.roles_on(index.resource)) >= MAX_ROLES:
        raise RoleLimit(
            details={
                "cause": "Every role counts, of identities and of groups.",
                "constraint": f"An index has at most {MAX_ROLES} roles.",
            }
        )
    return access.grant(index.resource, role_name, principal, actor=actor)


def withdraw_role(*, index: Index, actor: Actor, role_id: uuid.UUID) -> Role:
    """Take a role back, and return it. For admins; from owners only owners take it.

    Raises:
        NoSuchRole: the index has none of this id.
        LastOwner: nobody would own the index any more.
    """
    require(index=index, actor=actor, role="admin")
    held = access.roles_on(index.resource)
    role = next((each for each in held if each.pk == role_id), None)
    if role is None:
        raise NoSuchRole
    if role.role_name == "owner":
        require(index=index, actor=actor, role="owner")
        if sum(each.role_name == "owner" for each in held) == 1:
            raise LastOwner
    access.withdraw(role_id, resource=index.resource, actor=actor)
    return role
