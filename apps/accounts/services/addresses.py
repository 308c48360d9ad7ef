"""Where people are written to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from apps.accounts.models import Membership, User

_ACTIVE = Membership.Status.ACTIVE


def addresses_of(ids: Iterable[UUID | None]) -> list[str]:
    """The e-mail addresses of whoever has one of these identities, or is in one of these groups; each once."""
    told = {one for one in ids if one is not None}
    in_groups = Q(identities__memberships__group__in=told, identities__memberships__status=_ACTIVE)
    people = User.objects.filter(Q(identities__in=told) | in_groups, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def strangers_among(addresses: Iterable[str]) -> list[str]:
    """Those of the addresses that nobody has who may sign in here."""
    told = list(addresses)
    wanted = {address.lower() for address in told}
    known = {
        address.lower()
        for address in User.objects.annotate(lower=Lower("email"))
        .filter(lower__in=wanted, is_active=True)
        .values_list("email", flat=True)
    }
    return [address for address in told if address.lower() not in known]
