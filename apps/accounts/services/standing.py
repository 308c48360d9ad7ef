"""Where somebody stands in a group, and what that lets them do there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from apps.accounts.errors import NoSuchGroup, NotManager
from apps.accounts.models import Group, Membership, User

Role, Status = Membership.Role, Membership.Status


def role_in(user: User, group: Group) -> str | None:
    """The strongest role that an identity of the user holds now, None if none is in. A superuser is an admin."""
    if user.is_active and user.is_superuser:
        return Role.ADMIN
    held = group.memberships.filter(identity__user=user, status=Status.ACTIVE).values_list("role", flat=True)
    return strongest(held)


def strongest(roles: Iterable[str]) -> str | None:
    return max(roles, key=Role.values.index, default=None)


def may_manage(user: User, group: Group) -> bool:
    """Whether the user says who is in the group."""
    return role_in(user, group) in {Role.MANAGER, Role.ADMIN}


def require_management(*, group: Group, actor: User, of_role: str) -> None:
    """An admin decides about everybody, a manager about plain members.

    Raises:
        NotManager: the actor does not decide about those with this role.
    """
    mine = role_in(actor, group)
    if mine != Role.ADMIN and (mine != Role.MANAGER or of_role != Role.MEMBER):
        raise NotManager


def require_admin(*, group: Group, actor: User) -> None:
    """Refuse all others with NotManager."""
    require_management(group=group, actor=actor, of_role=Role.ADMIN)


def locked(group: Group) -> Group:
    """The group as it is now. Until the transaction ends, nobody else changes it or who is in it.

    Raises:
        NoSuchGroup: it was deleted meanwhile.
    """
    found = Group.objects.select_for_update(no_key=True).filter(pk=group.pk).first()
    if found is None:
        raise NoSuchGroup
    return found


def places_of(user: User, groups: Collection[Group]) -> dict[UUID, list[Membership]]:
    """The memberships of the user's identities in these groups, whatever their status; by group."""
    found = defaultdict(list)
    for place in Membership.objects.filter(identity__user=user, group__in=groups).select_related("identity"):
        found[place.group_id].append(place)
    return dict(found)
