"""Administrators of the portal see who has which access, and through what."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.access import services as access
from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.accounts.services.applications import make_application
from apps.search import services as search

AT = "/account/access/"


@pytest.fixture
def admin(client, db):
    client.force_login(accounts.make_user(username="admin", password=None, is_admin=True))
    return client


def identity(user):
    return accounts.identities_of(user)[0]


def held(answer):
    return [(one.target.label, one.role, one.through.label) for one in answer.context["roles"]]


@pytest.fixture
def addresses(index, alice, team):
    return [AT, f"{AT}people/{identity(alice).pk}/", f"{AT}groups/{team.pk}/", f"{AT}indexes/{index.pk}/"]


def test_they_are_for_administrators_of_the_portal(client, addresses, alice, charlie):
    def statuses(user):
        client.force_login(user) if user else client.logout()
        return {client.get(address).status_code for address in addresses}

    admin = accounts.make_user(username="admin", password=None, is_admin=True)
    assert [statuses(user) for user in (admin, alice, charlie, None)] == [{200}, {404}, {404}, {302}]


def test_a_person_has_their_own_roles_and_those_of_their_groups(admin, index, team, bob):
    make_application(owner=bob, name="Beamline robot", kind="service")
    access.grant(index.resource, "admin", group_urn(team.pk))
    access.grant(index.resource, "writer", identity_urn(identity(bob).pk))
    accounts.make_token(user=bob, name="laptop", expires_at=timezone.now() + timedelta(days=1))

    answer = admin.get(f"{AT}people/{identity(bob).pk}/")

    assert held(answer) == [("Crystals", "admin", "team"), ("Crystals", "writer", "bob@vitrine.local")]
    groups = [(one.group.label, one.role, one.through) for one in answer.context["groups"]]
    assert groups == [("team", "member", "bob@vitrine.local")]
    assert [word in answer.text for word in ("laptop", "Beamline robot")] == [True, True]
    assert "Has never signed in" in answer.text


def test_an_index_names_each_person_who_has_a_role_and_through_what(admin, index, team):
    access.grant(index.resource, "writer", group_urn(team.pk))
    search.update_index(index=index, actor=accounts.find_identity("admin").user, visible_to=(group_urn(team.pk),))

    answer = admin.get(f"{AT}indexes/{index.pk}/")

    assert held(answer) == [
        ("alice@vitrine.local", "owner", "themselves"),
        ("alice@vitrine.local", "writer", "team"),
        ("bob@vitrine.local", "writer", "team"),
    ]
    assert [link.label for link in answer.context["seen_by"]] == ["team"]
    assert [link.label for link in answer.context["administrators"]] == ["admin@vitrine.local"]


def test_a_group_has_the_roles_of_those_above_it(admin, index, team, alice):
    upper = accounts.make_group(owner=alice, name="facility")
    type(team).objects.filter(pk=team.pk).update(parent=upper)
    access.grant(index.resource, "writer", group_urn(upper.pk))

    lower, above = (admin.get(f"{AT}groups/{group.pk}/") for group in (team, upper))

    assert held(lower) == [("Crystals", "writer", "facility")]
    assert [link.label for link in lower.context["above"]] == ["facility"]
    members = [(who.label, where.label) for who, _, where in above.context["members"]]
    assert ("bob@vitrine.local", "team") in members


def test_a_role_on_what_is_gone_or_of_nobody_is_still_told(admin, index, alice):
    access.grant(index.resource, "writer", f"urn:globus:groups:id:{uuid.UUID(int=9)}")
    access.grant(access.Resource("flow", uuid.UUID(int=7)), "owner", identity_urn(identity(alice).pk))

    assert held(admin.get(f"{AT}indexes/{index.pk}/"))[1][0] == "nobody"
    assert held(admin.get(f"{AT}people/{identity(alice).pk}/"))[1][0] == f"flow {uuid.UUID(int=7)}"


@pytest.mark.parametrize(("q", "found"), [("ali", ["alice@vitrine.local"]), ("zelda", []), ("%00", None)])
def test_they_are_found_by_name(admin, alice, bob, q, found):
    people = [link.label for link, _ in admin.get(f"{AT}?q={q}").context["people"]]

    assert people == (["admin@vitrine.local", "alice@vitrine.local", "bob@vitrine.local"] if found is None else found)


@pytest.mark.parametrize("page", ["people", "groups", "indexes"])
def test_what_is_not_there_is_not_found(admin, page):
    assert admin.get(f"{AT}{page}/{uuid.UUID(int=1)}/").status_code == 404


def test_a_group_above_counts_for_a_person_in_one_below(admin, index, team, alice, bob):
    upper = accounts.make_group(owner=alice, name="facility")
    type(team).objects.filter(pk=team.pk).update(parent=upper)
    access.grant(index.resource, "writer", group_urn(upper.pk))

    of_bob = admin.get(f"{AT}people/{identity(bob).pk}/")

    groups = [(one.group.label, one.role, one.through) for one in of_bob.context["groups"]]
    assert groups == [("team", "member", "bob@vitrine.local"), ("facility", "", "team")]
    assert held(of_bob) == [("Crystals", "writer", "facility")]
    assert ("bob@vitrine.local", "writer", "facility") in held(admin.get(f"{AT}indexes/{index.pk}/"))
