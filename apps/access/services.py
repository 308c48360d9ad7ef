"""The two questions of every door: whose principals are these, and may they?

Within one request that reads, both are asked once (``middleware.RememberAccess``), so that one answer does not mix two
states. Beyond that each process keeps principals by the user's ``access_version``, which every change of them renews:
it is in the row of the user that is read when the request says who sends it, so that a change counts on the next one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import CharField, QuerySet, UUIDField

from apps.access.errors import InvalidRole, NoSuchRole
from apps.access.models import Role
from apps.access.types import (
    ALL_AUTHENTICATED,
    LADDER,
    PUBLIC,
    Ladder,
    PrincipalKind,
    Resource,
    group_urn,
    identity_urn,
    parse_principal,
)
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.prepared import Prepared, Slot
from apps.common.recent import Recent

Actor = User | AnonymousUser | None
"""Who asks. Nobody is None or Django's AnonymousUser."""

Roles = Mapping[str, Iterable[str]]
"""Principals by role."""

_ladders: dict[str, Ladder] = {}
_COMMON: Ladder = {name: LADDER[: step + 1] for step, name in enumerate(LADDER)}

_known: Recent[tuple[int, int], frozenset[str]] = Recent(most=500)
"""Principals by user and version. A version is never used again, so that nothing here becomes wrong, only old."""

_remembered: ContextVar[dict[object, frozenset[str]] | None] = ContextVar("principals and roles", default=None)


def offer_roles(kind: str, ladder: Ladder) -> None:
    """An app tells which roles its kind of resource has, if not those of ``LADDER``; called once, when the portal
    starts."""
    _ladders[kind] = ladder


def _once(key: object, look: Callable[[], frozenset[str]]) -> frozenset[str]:
    """What ``look`` says, or said before in this request."""
    known = _remembered.get()
    if known is None:
        return look()
    if key not in known:
        known[key] = look()
    return known[key]


@contextmanager
def remembering() -> Iterator[None]:
    """Look up each actor's principals, and their roles on a resource, once inside of the block."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def principals_of(actor: Actor) -> frozenset[str]:
    """Everything that the actor counts as, since they were read. Who is not signed in, or inactive, is ``public``."""
    user = _signed_in(actor)
    if user is None:
        return frozenset({PUBLIC})
    return _once(user.pk, lambda: _principals(user))


def principal_of(user: User) -> str:
    """What a person is known by where one of their principals is written down: their first identity."""
    return identity_urn(accounts.known_by(user).pk)


def _principals(user: User) -> frozenset[str]:
    """From memory, or by one question.

    Within a transaction, which may have changed what the user counts as since they were read, always by the question.
    """
    is_changing = connection.in_atomic_block
    known = None if is_changing else _known.get((user.pk, user.access_version))
    if known is not None:
        return known
    found = accounts.belongings_of(user)
    identities, groups = map(identity_urn, found.identity_ids), map(group_urn, found.group_ids)
    principals = frozenset({PUBLIC, ALL_AUTHENTICATED, *identities, *groups})
    if not is_changing:
        _known.keep((user.pk, found.version), principals)
    return principals


def role_names(actor: Actor, resource: Resource, *, principals: frozenset[str] | None = None) -> frozenset[str]:
    """The roles that the actor was given on the resource; every role for a superuser."""
    if _is_superuser(actor):
        return frozenset(_ladder(resource.kind))
    mine = principals_of(actor) if principals is None else principals
    return _once((mine, resource), lambda: _role_names(mine, resource))


def _role_names(principals: frozenset[str], resource: Resource) -> frozenset[str]:
    held = _ROLES(kind=resource.kind, id=resource.id)
    return frozenset(name for name, principal in held if principal in principals)


_ROLES = Prepared(
    lambda: (
        Role.objects.order_by()
        .filter(resource_kind=Slot("kind", CharField()), resource_id=Slot("id", UUIDField()))
        .values_list("role_name", "principal")
    )
)


def may(actor: Actor, role_name: str, resource: Resource, *, principals: frozenset[str] | None = None) -> bool:
    """Whether the actor has the role, or one above it on the ladder."""
    enough = _enough(resource.kind, role_name)
    return not role_names(actor, resource, principals=principals).isdisjoint(enough)


def resources_with_role(
    actor: Actor, kind: str, roles: Iterable[str] | None = None, *, principals: frozenset[str] | None = None
) -> dict[UUID, frozenset[str]]:
    """The resources of a kind on which the actor was given one of ``roles`` (any), each with the roles they have there.

    A superuser has every role on every resource on which anybody has one.
    """
    held = Role.objects.filter(resource_kind=kind)
    every = frozenset(_ladder(kind))
    wanted = every if roles is None else frozenset(roles)
    if _is_superuser(actor):
        ids = held.order_by().values_list("resource_id", flat=True).distinct()
        return dict.fromkeys(ids, every) if wanted & every else {}
    mine = principals_of(actor) if principals is None else principals
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for resource_id, name in held.filter(principal__in=mine).values_list("resource_id", "role_name"):
        found[resource_id].add(name)
    return {resource_id: frozenset(names) for resource_id, names in found.items() if wanted & names}


def ids_with_role(actor: Actor, kind: str, roles: Iterable[str] | None = None) -> QuerySet[Role, UUID]:
    """The ids of the resources on which the actor was given one of ``roles`` (any), as a part of another question to
    the database: nothing of it is read here. For a superuser all on which anybody has a role."""
    if not _is_superuser(actor):
        return ids_given(principals_of(actor), kind, roles)
    return Role.objects.order_by().filter(resource_kind=kind).values_list("resource_id", flat=True)


def ids_given(principals: Iterable[str], kind: str, roles: Iterable[str] | None = None) -> QuerySet[Role, UUID]:
    """The same of what these principals were given themselves, whoever has every role."""
    held = Role.objects.order_by().filter(resource_kind=kind, principal__in=list(principals))
    held = held if roles is None else held.filter(role_name__in=list(roles))
    return held.values_list("resource_id", flat=True)


def roles_on_each(kind: str, ids: Iterable[UUID]) -> dict[UUID, list[Role]]:
    """All roles on each of some resources of a kind, by one question, the eldest first."""
    found: dict[UUID, list[Role]] = {one: [] for one in ids}
    for role in Role.objects.filter(resource_kind=kind, resource_id__in=list(found)):
        found[role.resource_id].append(role)
    return found


def has_every_role(actor: Actor) -> bool:
    """Whether the actor has every role on everything."""
    return _is_superuser(actor)


def roles_on(resource: Resource) -> list[Role]:
    """All roles on the resource, the eldest first."""
    return list(Role.objects.filter(resource_kind=resource.kind, resource_id=resource.id))


def principals_with(resource: Resource) -> dict[str, list[str]]:
    """Principals by role, the eldest first."""
    return by_role(roles_on(resource))


def by_role(held: Iterable[Role]) -> dict[str, list[str]]:
    """Principals by role, in the order in which they are told."""
    found: dict[str, list[str]] = {}
    for role in held:
        found.setdefault(role.role_name, []).append(role.principal)
    return found


def roles_of(principals: Iterable[str]) -> list[Role]:
    """All roles that one of these principals was given itself, the eldest first."""
    return list(Role.objects.filter(principal__in=list(principals)))


@transaction.atomic
def grant(resource: Resource, role_name: str, principal: str, *, actor: Actor = None) -> Role:
    """Give the role; one who has it keeps it. Whether the actor may do this the caller has asked.

    Raises:
        InvalidRole, InvalidPrincipal: there is no such role or principal.
    """
    _enough(resource.kind, role_name)
    role, is_new = Role.objects.get_or_create(
        resource_kind=resource.kind,
        resource_id=resource.id,
        role_name=role_name,
        principal=str(parse_principal(principal)),
    )
    if is_new:
        _record("role.granted", role, resource, actor)
    return role


def found(resource: Resource, roles: Roles) -> None:
    """Give the first roles on a resource that has just been made, principals by role.

    The audit has no lines for them: that of the making says who did it.

    Raises:
        InvalidRole, InvalidPrincipal: there is no such role or principal.
    """
    given = []
    for name, principals in roles.items():
        _enough(resource.kind, name)
        for principal in dict.fromkeys(str(parse_principal(one)) for one in principals):
            given.append(
                Role(resource_kind=resource.kind, resource_id=resource.id, role_name=name, principal=principal)
            )
    Role.objects.bulk_create(given)


@transaction.atomic
def withdraw(role_id: UUID, *, resource: Resource, actor: Actor = None) -> None:
    """Take back one role on the resource.

    Raises:
        NoSuchRole: there is none with this id, or it is one on another resource.
    """
    held = Role.objects.filter(pk=role_id, resource_kind=resource.kind, resource_id=resource.id)
    role = held.select_for_update().first()
    if role is None:
        raise NoSuchRole
    _record("role.withdrawn", role, resource, actor)
    role.delete()


def give_roles(resource: Resource, roles: Roles, actor: Actor) -> None:
    """Let exactly these principals have each of the roles that are named; others keep who has them."""
    held = roles_on(resource)
    for name, principals in roles.items():
        wanted = dict.fromkeys(str(parse_principal(one)) for one in principals)
        for role in held:
            if role.role_name == name and role.principal not in wanted:
                withdraw(role.pk, resource=resource, actor=actor)
        has_it = {role.principal for role in held if role.role_name == name}
        for principal in wanted:
            if principal not in has_it:
                grant(resource, name, principal, actor=actor)


@transaction.atomic
def withdraw_all(resource: Resource, *, actor: Actor = None) -> None:
    """Take back every role on a resource that is going away."""
    for role in roles_on(resource):
        withdraw(role.pk, resource=resource, actor=actor)


def _record(action: str, role: Role, resource: Resource, actor: Actor) -> None:
    """A person is named as well. A group is not: not all who read of the resource may know what it is called."""
    principal = parse_principal(role.principal)
    person = accounts.usernames_of([principal.id]) if principal.kind is PrincipalKind.IDENTITY and principal.id else {}
    accounts.record(
        action,
        kind=resource.kind,
        id=resource.id,
        name=resource.name,
        actor=_signed_in(actor),
        role=role.role_name,
        principal=role.principal,
        **({"person": person[principal.id]} if principal.id in person else {}),
    )


def _signed_in(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) and actor.is_active else None


def _is_superuser(actor: Actor) -> bool:
    user = _signed_in(actor)
    return user is not None and user.is_superuser


def _ladder(kind: str) -> Ladder:
    return _ladders.get(kind, _COMMON)


def _enough(kind: str, role_name: str) -> tuple[str, ...]:
    ladder = _ladder(kind)
    if role_name not in ladder:
        raise InvalidRole(f"There is no such role. Choose one of {', '.join(ladder)}.", place="role_name")
    return ladder[role_name]
