"""What somebody counts as: asked at each request that is not answered from memory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, FilteredRelation, Q, QuerySet

from apps.accounts.models import Membership, User
from apps.accounts.models.groups import UP
from apps.accounts.types import Belongings
from apps.common.prepared import Prepared, Slot


def _ask() -> QuerySet[User, tuple[Any, ...]]:
    active = Q(identities__memberships__status=Membership.Status.ACTIVE)
    people = User.objects.order_by().filter(pk=Slot("user", BigAutoField()))
    with_places = people.annotate(place=FilteredRelation("identities__memberships", condition=active))
    return with_places.values_list("access_version", "identities", *(f"place__group{up}" for up in UP))


_BELONGINGS = Prepared(_ask)


def belongings_of(user: User) -> Belongings:
    """What the user counts as now, and the version that this is true of, in one look at the database."""
    version, identity_ids, group_ids = user.access_version, set(), set()
    for version, identity_id, *places in _BELONGINGS(user=user.pk):  # noqa: B007  # the same in each row
        identity_ids.add(identity_id)
        group_ids.update(places)
    return Belongings(version, frozenset(identity_ids - {None}), frozenset(group_ids - {None}))


def identity_and_group_ids_of(user: User) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The user's identities, and the groups in which one of them is active, with all groups above these."""
    found = belongings_of(user)
    return found.identity_ids, found.group_ids
