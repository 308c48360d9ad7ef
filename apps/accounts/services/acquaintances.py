"""Whom somebody may find to share something with: nobody looks through all people of the portal."""

from __future__ import annotations

from django.db.models import Q

from apps.accounts.errors import NoSuchPerson
from apps.accounts.models import Group, Identity, Membership, User
from apps.accounts.services.groups import findable_groups, groups_of
from apps.accounts.services.people import find_identity
from apps.accounts.services.principals import identity_and_group_ids_of

_ACTIVE = Membership.Status.ACTIVE
_MANAGES = (Membership.Role.MANAGER, Membership.Role.ADMIN)


def people_known_to(user: User, text: str, *, most: int) -> list[Identity]:
    """Who is called so: whoever has exactly this username, and those in groups in which the user sees the others."""
    found: dict[object, Identity] = {}
    try:
        exact = find_identity(text)
        found[exact.pk] = exact
    except NoSuchPerson:
        pass
    managed = Membership.objects.filter(identity__user=user, status=_ACTIVE, role__in=_MANAGES).values("group")
    mine = Q(group__in=identity_and_group_ids_of(user)[1])
    seen = Q(group__in=managed) | mine & Q(group__members_visibility=Group.MembersVisibility.MEMBERS)
    called_so = Q(identity__username__icontains=text) | Q(identity__user__name__icontains=text)
    places = Membership.objects.filter(seen, called_so, status=_ACTIVE, identity__user__is_active=True)
    known = Identity.objects.filter(pk__in=places.values("identity")).order_by("username").select_related("user")
    found |= {one.pk: one for one in known[:most]}
    return list(found.values())[:most]


def groups_known_to(user: User, text: str, *, most: int) -> list[Group]:
    """The user's own groups of such a name first, then those that all may see."""
    own = [group for group in groups_of(user) if text.casefold() in group.name.casefold()]
    return [*own, *findable_groups(user, text)[:most]][:most]
