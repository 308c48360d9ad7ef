"""People and groups as administrators of the portal look for them. Whether somebody is one the caller has asked."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from apps.accounts.errors import NoSuchGroup, NoSuchPerson
from apps.accounts.models import Group, Membership, User

_ACTIVE = Membership.Status.ACTIVE


def find_people(text: str, *, most: int) -> list[User]:
    """Those in whose usernames, name or address the text stands, by username, with their identities."""
    asked = Q()
    if text:
        places = ("username", "name", "email", "identities__username")
        for place in places:
            asked |= Q(**{f"{place}__icontains": text})
    found = User.objects.filter(pk__in=User.objects.filter(asked).values("pk")).order_by("username")
    return list(found.prefetch_related("identities")[:most])


def find_groups(text: str, *, most: int) -> list[Group]:
    """Those in whose names the text stands."""
    return list(Group.objects.filter(name__icontains=text)[:most])


def person_of(identity_id: UUID) -> User:
    """
    Raises:
        NoSuchPerson: it is nobody's identity.
    """
    user = User.objects.filter(identities=identity_id).first()
    if user is None:
        raise NoSuchPerson
    return user


def any_group(group_id: UUID) -> Group:
    """
    Raises:
        NoSuchGroup: there is none.
    """
    group = Group.objects.filter(pk=group_id).first()
    if group is None:
        raise NoSuchGroup
    return group


def groups_named(group_ids: Collection[UUID]) -> dict[UUID, Group]:
    return {group.pk: group for group in Group.objects.filter(pk__in=group_ids)}


def groups_above(group: Group) -> list[Group]:
    """Its parent, the parent of that, and so on."""
    above: list[Group] = []
    while (parent := (above[-1] if above else group).parent) and parent not in above:
        above.append(parent)
    return above


def groups_below(group: Group) -> list[Group]:
    """All that stand under it, however far."""
    below: list[Group] = []
    layer = list(Group.objects.filter(parent=group))
    while layer:
        below += layer
        layer = list(Group.objects.filter(parent__in=layer).exclude(pk__in=[one.pk for one in below]))
    return below


def places_in(groups: Collection[Group], *, most: int) -> list[Membership]:
    """The active members of these groups, by username; each with the person."""
    found = Membership.objects.filter(group__in=groups, status=_ACTIVE).select_related("group", "identity__user")
    return list(found.order_by("identity__username", "group__name")[:most])


def administrators() -> list[User]:
    """Those who may do everything here."""
    return list(
        User.objects.filter(is_superuser=True, is_active=True).order_by("username").prefetch_related("identities")
    )
