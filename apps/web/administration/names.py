"""What principals are called, and where the pages about them are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from apps.access.types import ALL_AUTHENTICATED, PUBLIC, PrincipalKind, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import Group
from apps.web.context import Link


def names_of(principals: Iterable[str]) -> tuple[dict[UUID, str], dict[UUID, Group]]:
    parsed = [parse_principal(one) for one in principals]
    people = accounts.names_of(one.id for one in parsed if one.id and one.kind is PrincipalKind.IDENTITY)
    groups = accounts.groups_named([one.id for one in parsed if one.id and one.kind is PrincipalKind.GROUP])
    return people, groups


def principal_link(text: str, people: dict[UUID, str], groups: dict[UUID, Group]) -> Link:
    one = parse_principal(text)
    if one.id in people:
        return Link(people[one.id], reverse("web:access_person", args=[one.id]))
    if one.id in groups:
        return group_link(groups[one.id])
    return Link({PUBLIC: "Everybody", ALL_AUTHENTICATED: "All who are signed in"}.get(text, text), "")


def group_link(group: Group) -> Link:
    return Link(group.name, reverse("web:access_group", args=[group.pk]))
