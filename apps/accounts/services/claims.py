"""Groups that other providers say somebody is in: the memberships follow at each sign-in."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Group, Identity, Membership
from apps.accounts.services.audit import record
from apps.accounts.types import GroupRule, LoginProvider

logger = logging.getLogger(__name__)


@transaction.atomic
def follow(*, identity: Identity, provider: LoginProvider, claims: Mapping[str, Any]) -> None:
    """Give the memberships that the claims ask for, and take back those that they gave and ask for no more.

    A place that people gave, or took away, is theirs to change: claims leave it as it is.
    """
    wanted = {group.pk: group for group in _groups(provider, claims)}
    places = {place.group_id: place for place in identity.memberships.select_for_update().select_related("group")}
    for group_id, group in wanted.items():
        if group_id not in places:
            # A manager may add the person at this very moment; then it is their place.
            _, is_new = Membership.objects.get_or_create(
                group=group, identity=identity, defaults={"given_by": provider.realm}
            )
            if is_new:
                _record("group.member_added", group, identity, provider)
    for group_id, place in places.items():
        if place.given_by == provider.realm and group_id not in wanted:
            place.delete()
            _record("group.member_removed", place.group, identity, provider)


def _record(action: str, group: Group, identity: Identity, provider: LoginProvider) -> None:
    told = {"identity": str(identity.pk), "username": identity.username, "because_of": provider.key}
    record(action, kind="group", id=group.pk, name=group.name, actor=identity.user, **told)


def _groups(provider: LoginProvider, claims: Mapping[str, Any]) -> Iterator[Group]:
    for rule in provider.groups:
        if any(_is_meant(rule, value) for value in _values(claims, rule.claim)):
            group = _group_called(rule.group)
            if group is None:
                logger.warning("%s: a rule names group %r, which there is not.", provider.key, rule.group)
            else:
                yield group


def _is_meant(rule: GroupRule, value: str) -> bool:
    return bool(re.fullmatch(rule.pattern, value)) if rule.pattern else value == rule.value


def _values(claims: Mapping[str, Any], path: str) -> list[str]:
    """The claim as a list of words. A name with dots in it, as of SAML attributes, is looked for before a path."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    values = found if isinstance(found, list) else [found]
    return [str(value) for value in values if isinstance(value, str | int)]


def _group_called(name: str) -> Group | None:
    """By id, or the eldest of this name: nobody takes over a rule by making a group that is called alike."""
    try:
        return Group.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return Group.objects.filter(name=name).order_by("created_at", "pk").first()
