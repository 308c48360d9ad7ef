"""Who has which access: people and groups with all that they reach, and indexes with all who reach them.

Roles alone are told. Which records somebody sees is said by the records; "View as" of an index shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.access import services as access
from apps.access.models import Role
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, PrincipalKind, group_urn, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership, User
from apps.search import services as search
from apps.web.administration.base import AdminPage
from apps.web.administration.names import group_link, names_of, principal_link
from apps.web.context import Link

MOST = 50
MOST_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A role: on what, or whose; through which identity or group."""

    role: str
    target: Link
    through: Link
    since: datetime


@dataclass(frozen=True, slots=True)
class Belonging:
    """A group that a person counts as being in. ``role`` is "" where a group below it is what they are in."""

    group: Link
    role: str
    through: str


class Overview(AdminPage):
    """Finds people, groups and indexes by their names."""

    section = "access"
    template = "web/administration/access.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip().replace("\0", "")
        people = accounts.find_people(text, most=MOST + 1)
        groups = accounts.find_groups(text, most=MOST + 1)
        indexes = search.find_indexes(text, most=MOST + 1)
        return self.page(
            q=text,
            people=[(_person_link(user), user) for user in people[:MOST]],
            groups=[group_link(group) for group in groups[:MOST]],
            indexes=[_index_link(index.pk, index.display_name) for index in indexes[:MOST]],
            most=MOST,
            is_cut=max(len(people), len(groups), len(indexes)) > MOST,
        )


class Person(AdminPage):
    section = "access"
    template = "web/administration/person.html"

    def get(self, request: HttpRequest, identity_id: UUID) -> HttpResponse:
        person = accounts.person_of(identity_id)
        principals = access.principals_of(person) - {PUBLIC, ALL_AUTHENTICATED}
        return self.page(
            person=person,
            identities=accounts.identities_of(person),
            groups=_belongings(person),
            roles=_held(access.roles_of(principals)),
            tokens=accounts.tokens_of(person),
            connections=accounts.connections_of(person),
            applications=accounts.applications_of(person),
        )


class OneGroup(AdminPage):
    section = "access"
    template = "web/administration/group.html"

    def get(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group = accounts.any_group(group_id)
        above, below = accounts.groups_above(group), accounts.groups_below(group)
        members = accounts.places_in([group, *below], most=MOST_MEMBERS)
        return self.page(
            group=group,
            urn=group_urn(group.pk),
            above=[group_link(one) for one in above],
            below=[group_link(one) for one in below],
            members=[_member(one) for one in members],
            roles=_held(access.roles_of(group_urn(one.pk) for one in [group, *above])),
        )


class OneIndex(AdminPage):
    """Who holds roles on an index, each person by name, through what."""

    section = "access"
    template = "web/administration/index.html"

    def get(self, request: HttpRequest, index_id: UUID) -> HttpResponse:
        index = search.get_index(name=str(index_id), actor=self.user)
        roles = access.roles_on(index.resource)
        names = names_of([*index.visible_to, *(role.principal for role in roles)])
        return self.page(
            index=index,
            seen_by=[principal_link(one, *names) for one in index.visible_to],
            roles=[held for role in roles for held in _holders(role, *names)],
            administrators=[_person_link(user) for user in accounts.administrators()],
        )


def _belongings(person: User) -> list[Belonging]:
    places = accounts.memberships_of(person)
    direct = {place.group_id for place in places}
    counted = accounts.groups_named(accounts.identity_and_group_ids_of(person)[1] - direct)
    found = [Belonging(group_link(one.group), one.role, one.identity.username) for one in places]
    ways = {group.pk: one.group.name for one in places for group in accounts.groups_above(one.group)}
    return found + [Belonging(group_link(group), "", ways.get(key, "")) for key, group in counted.items()]


def _held(roles: Iterable[Role]) -> list[Held]:
    roles = list(roles)
    indexes = search.index_names(role.resource_id for role in roles)
    people, groups = names_of(role.principal for role in roles)
    return [
        Held(
            role.role_name,
            _index_link(role.resource_id, indexes[role.resource_id])
            if role.resource_id in indexes
            else Link(f"{role.resource_kind} {role.resource_id}", ""),
            principal_link(role.principal, people, groups),
            role.created_at,
        )
        for role in roles
    ]


def _holders(role: Role, people: dict[UUID, str], groups: dict[UUID, Group]) -> list[Held]:
    """Each person who has the role; or who it is given to, while it is nobody."""
    through = principal_link(role.principal, people, groups)
    principal = parse_principal(role.principal)
    if principal.kind is not PrincipalKind.GROUP or not principal.id:
        return [Held(role.role_name, through, Link("themselves", ""), role.created_at)]
    group = groups.get(principal.id)
    places = accounts.places_in([group, *accounts.groups_below(group)], most=MOST_MEMBERS) if group else []
    held = [Held(role.role_name, _member(place)[0], through, role.created_at) for place in places]
    return held or [Held(role.role_name, Link("nobody", ""), through, role.created_at)]


def _member(place: Membership) -> tuple[Link, str, Link]:
    """Who, in which role, in which group."""
    link = Link(place.identity.username, reverse("web:access_person", args=[place.identity_id]))
    return link, place.get_role_display(), group_link(place.group)


def _person_link(user: User) -> Link:
    identity = accounts.known_by(user)
    return Link(identity.username, reverse("web:access_person", args=[identity.pk]))


def _index_link(index_id: UUID, name: str) -> Link:
    return Link(name, reverse("web:access_index", args=[index_id]))
