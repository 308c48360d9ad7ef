"""Roles and settings of an index, by those who have a role on it."""

import pytest

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.search import services as search

ROLES, SETTINGS = "/crystals/manage/roles/", "/crystals/manage/settings/"


@pytest.fixture
def urn_of():
    return lambda user: identity_urn(accounts.identity_ids_of(user)[0])


@pytest.fixture
def role(index, urn_of):
    return lambda user, name: access.grant(index.resource, name, urn_of(user))


@pytest.fixture
def alices(client, index, alice):
    client.force_login(alice)
    return client


def held(index, alice):
    return [(one.role_name, one.principal) for one in search.roles(index=index, actor=alice)]


def test_a_role_is_given_by_username_and_to_a_group(alices, index, alice, bob, team, urn_of):
    given = alices.post(ROLES, {"username": "bob", "group": "", "role": "writer"}, follow=True)
    alices.post(ROLES, {"username": "", "group": group_urn(team.pk), "role": "admin"})

    assert b"bob@vitrine.local has the role writer now." in given.content
    assert held(index, alice)[1:] == [("writer", urn_of(bob)), ("admin", group_urn(team.pk))]
    names = [one.name.text for one in alices.get(ROLES).context["roles"]]
    assert names == ["alice@vitrine.local", "bob@vitrine.local", "team"]


@pytest.mark.parametrize(
    "given",
    [
        {"username": "", "group": "", "role": "writer"},
        {"username": "nobody-here", "group": "", "role": "writer"},
        {"username": "public", "group": "", "role": "writer"},
        {"username": "bob", "group": "", "role": "king"},
        {"username": "bob\0", "group": "", "role": "writer"},
        {"username": "", "group": "urn:globus:groups:id:00000000-0000-4000-8000-00000000dead", "role": "writer"},
    ],
)
def test_what_names_nobody_is_told_and_gives_nothing(alices, index, alice, bob, given):
    answer = alices.post(ROLES, given)

    assert (answer.status_code, len(held(index, alice))) == (400, 1)
    assert answer.context["form"].errors


def test_the_last_owner_stays(alices, index, alice, bob, role):
    [own] = search.roles(index=index, actor=alice)
    kept = alices.post(f"{ROLES}{own.pk}/withdraw/", follow=True)
    assert b"This is the last owner" in kept.content

    other = role(bob, "writer")
    alices.post(f"{ROLES}{other.pk}/withdraw/")

    assert [name for name, _ in held(index, alice)] == ["owner"]


def test_who_withdraws_their_own_role_goes_to_the_search_page(client, index, bob, role):
    own = role(bob, "admin")
    client.force_login(bob)

    answer = client.post(f"{ROLES}{own.pk}/withdraw/")

    assert answer["Location"] == "/crystals/"
    assert client.get(ROLES).status_code == 404


def test_only_owners_make_owners_and_delete(client, index, bob, charlie, role):
    role(bob, "admin")
    client.force_login(bob)

    answer = client.post(ROLES, {"username": "charlie", "group": "", "role": "owner"})

    assert answer.status_code == 400
    assert client.get(f"{SETTINGS}delete/").status_code == 404
    assert client.post(f"{SETTINGS}delete/").status_code == 404


@pytest.mark.parametrize(
    ("seen_by", "groups", "named", "kept"),
    [
        (PUBLIC, [], "", [PUBLIC]),
        (ALL_AUTHENTICATED, ["team"], "bob", [ALL_AUTHENTICATED]),
        ("some", ["team"], " bob \n\nbob@vitrine.local", ["team", "bob"]),
        ("some", [], "", []),
    ],
)
def test_it_is_said_who_may_know_of_the_index(alices, index, bob, team, urn_of, seen_by, groups, named, kept):
    urns = {"team": group_urn(team.pk), "bob": urn_of(bob)}
    given = {"seen_by": seen_by, "groups": [urns[one] for one in groups], "named": named}

    alices.post(SETTINGS, {"display_name": "Better", "description": "", **given})

    index.refresh_from_db()
    assert (index.display_name, index.visible_to) == ("Better", [urns.get(one, one) for one in kept])
    form = alices.get(SETTINGS).context["form"]
    assert form.initial["seen_by"] == seen_by


def test_settings_that_name_nobody_are_told(alices, index):
    answer = alices.post(SETTINGS, {"display_name": "", "seen_by": "some", "named": "nobody-here"})

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"display_name", "named"}


def test_an_owner_deletes_after_being_asked_and_reopens(alices, index):
    assert alices.get(f"{SETTINGS}delete/").status_code == 200
    alices.post(f"{SETTINGS}delete/")
    closed = alices.get(SETTINGS)
    assert b"This index is being deleted" in closed.content
    assert alices.post(SETTINGS, {"display_name": "x", "seen_by": PUBLIC}).status_code == 409

    alices.post(f"{SETTINGS}reopen/")

    assert b"This index is being deleted" not in alices.get(SETTINGS).content
