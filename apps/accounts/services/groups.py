"""Groups, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import BigAutoField, QuerySet, Value

from apps.accounts.errors import AlreadyMember, LastAdmin, NoSuchGroup, NoSuchPerson, NotManager
from apps.accounts.models import Group, Identity, Membership, User
from apps.accounts.services.people import identities_of, identity_ids_of
from apps.common.prepared import Prepared, Slot

Role = Membership.Role
_ACTIVE = Membership.Status.ACTIVE


def _ask_identities_and_groups() -> QuerySet[Identity, tuple[UUID, int]]:
    user = Slot("user", BigAutoField())
    identities = Identity.objects.order_by().filter(user=user).values_list("id", Value(0))
    memberships = Membership.objects.order_by().filter(identity__user=user, status=_ACTIVE)
    return identities.union(memberships.values_list("group_id", Value(1)))


_IDENTITIES_AND_GROUPS = Prepared(_ask_identities_and_groups)


def identity_and_group_ids_of(user: User) -> tuple[set[UUID], set[UUID]]:
    """The user's identities, and the groups in which one of them is an active member."""
    found: tuple[set[UUID], set[UUID]] = (set(), set())
    for one, is_group in _IDENTITIES_AND_GROUPS(user=user.pk):
        found[is_group].add(one)
    return found


def groups_of(user: User) -> list[Group]:
    """The groups in which any identity of the user is an active member."""
    mine = Membership.objects.filter(identity__user=user, status=_ACTIVE).values("group")
    return list(Group.objects.filter(pk__in=mine))


def memberships_of(user: User) -> list[Membership]:
    """The user's active memberships, with their groups, by the groups' names."""
    found = Membership.objects.filter(identity__user=user, status=_ACTIVE).select_related("group", "identity")
    return list(found.order_by("group__name", "group_id", "created_at"))


def membership_of(user: User, group_id: UUID) -> Membership:
    """The user's active membership in the group; the one with most rights if several of their identities are in it.

    Raises:
        NoSuchGroup: there is none, or the user is not in it.
    """
    found = Membership.objects.filter(identity__user=user, group=group_id, status=_ACTIVE)
    mine = _strongest(found.select_related("group", "identity"))
    if mine is None:
        raise NoSuchGroup
    return mine


def members_of(group: Group) -> list[Membership]:
    return list(group.memberships.filter(status=_ACTIVE).select_related("identity"))


@transaction.atomic
def make_group(*, owner: User, name: str, description: str = "") -> Group:
    """Make a group whose first admin is the owner, by the identity that they are known by."""
    group = Group.objects.create(name=name, description=description)
    Membership.objects.create(group=group, identity=identities_of(owner)[0], role=Role.ADMIN)
    return group


@transaction.atomic
def add_member(*, group: Group, identity: Identity, actor: User, role: str = Role.MEMBER) -> Membership:
    """Make the identity an active member; it counts from the next request on.

    Raises:
        NotManager: the actor does not manage the group, or gives a role that only its admins give.
        AlreadyMember: the identity is an active member; nothing is changed.
    """
    _require_management(group=group, actor=actor, of_role=role)
    place, is_new = Membership.objects.select_for_update().get_or_create(
        group=group, identity=identity, defaults={"role": role}
    )
    if not is_new:
        if place.status == _ACTIVE:
            raise AlreadyMember
        place.role, place.status = role, _ACTIVE
        place.save()
    return place


@transaction.atomic
def remove_member(*, group: Group, identity_id: UUID, actor: User) -> None:
    """Take the identity out of the group. Everybody may take out themselves.

    Raises:
        NoSuchPerson: the identity is not in the group.
        NotManager: the actor does not manage the group, or the member manages it and the actor is no admin.
        LastAdmin: nobody could change the group any more.
    """
    places = {place.identity_id: place for place in group.memberships.select_for_update().filter(status=_ACTIVE)}
    place = places.get(identity_id)
    if identity_id not in identity_ids_of(actor):
        _require_management(group=group, actor=actor, of_role=place.role if place else Role.MEMBER)
    if place is None:
        raise NoSuchPerson
    if place.is_admin and sum(other.is_admin for other in places.values()) == 1:
        raise LastAdmin
    place.delete()


def _require_management(*, group: Group, actor: User, of_role: str) -> None:
    if actor.is_active and actor.is_superuser:
        return
    mine = _strongest(group.memberships.filter(identity__user=actor, status=_ACTIVE))
    if mine is None or not (mine.is_admin or (mine.may_manage and of_role == Role.MEMBER)):
        raise NotManager


def _strongest(memberships: Iterable[Membership]) -> Membership | None:
    return max(memberships, key=lambda mine: Role.values.index(mine.role), default=None)
