import uuid

import pytest

from apps.access import services as access
from apps.access.errors import InvalidPrincipal, InvalidRole, NoSuchRole
from apps.access.types import Resource, group_urn, identity_urn
from apps.accounts import services as accounts


@pytest.fixture
def index():
    return Resource("index", uuid.uuid4())


def own(user):
    return identity_urn(accounts.identities_of(user)[0].pk)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [("owner", {"owner", "admin", "writer"}), ("admin", {"admin", "writer"}), ("writer", {"writer"})],
)
def test_a_role_holds_those_below_it(alice, index, given, allowed):
    access.grant(index, given, own(alice))

    assert {name for name in ("owner", "admin", "writer") if access.may(alice, name, index)} == allowed
    assert access.role_names(alice, index) == {given}


def test_a_role_of_a_group_is_for_its_members_alone(team, alice, bob, charlie, nobody, index):
    access.grant(index, "writer", group_urn(team.pk))

    people = (alice, bob, charlie, nobody, None)
    assert [access.may(person, "writer", index) for person in people] == [True, True, False, False, False]


def test_a_role_on_one_resource_is_none_on_another(alice, index):
    access.grant(index, "owner", own(alice))

    for other in (Resource("index", uuid.uuid4()), Resource("collection", index.id)):
        assert not access.may(alice, "writer", other)


def test_granting_twice_is_granting_once(alice, index):
    first = access.grant(index, "admin", own(alice))
    second = access.grant(
        index, "admin", own(alice).upper().replace("URN:GLOBUS:AUTH:IDENTITY", "urn:globus:auth:identity")
    )

    assert access.roles_on(index) == [first] == [second]


def test_a_withdrawn_role_ends_at_once(alice, index):
    role = access.grant(index, "owner", own(alice))

    access.withdraw(role.pk, resource=index)

    assert not access.may(alice, "writer", index)


def test_a_role_is_withdrawn_only_from_its_own_resource(alice, index):
    role = access.grant(index, "owner", own(alice))

    with pytest.raises(NoSuchRole):
        access.withdraw(role.pk, resource=Resource("index", uuid.uuid4()))

    assert access.may(alice, "owner", index)


def test_what_goes_away_takes_its_roles_along(alice, index):
    other = Resource("index", uuid.uuid4())
    for resource in (index, other):
        access.grant(resource, "owner", own(alice))

    access.withdraw_all(index)

    assert list(access.resources_with_role(alice, "index")) == [other.id]


@pytest.mark.parametrize(
    ("role", "principal", "error"), [("king", "public", InvalidRole), ("owner", "x", InvalidPrincipal)]
)
def test_a_role_that_means_nothing_is_refused(db, index, role, principal, error):
    with pytest.raises(error):
        access.grant(index, role, principal)

    assert access.roles_on(index) == []


def test_asking_for_a_role_that_does_not_exist_is_a_mistake(alice, index):
    with pytest.raises(InvalidRole):
        access.may(alice, "reader", index)


def test_a_superuser_has_every_role_unless_switched_off(alice, bob, index):
    access.grant(index, "owner", own(bob))
    alice.is_superuser = True

    assert access.may(alice, "owner", index)
    assert access.resources_with_role(alice, "index", {"admin"}) == {index.id: {"owner", "admin", "writer"}}
    alice.is_active = False
    assert not access.may(alice, "writer", index)


def test_resources_are_listed_with_the_roles_one_has_there(team, alice, bob, index):
    shared = Resource("index", uuid.uuid4())
    access.grant(index, "owner", own(alice))
    access.grant(shared, "writer", group_urn(team.pk))
    access.grant(shared, "admin", own(alice))

    assert access.resources_with_role(alice, "index") == {index.id: {"owner"}, shared.id: {"admin", "writer"}}
    assert access.resources_with_role(alice, "index", {"owner"}) == {index.id: {"owner"}}
    assert access.resources_with_role(bob, "index") == {shared.id: {"writer"}}
    assert access.resources_with_role(None, "index") == {}


def test_a_question_costs_two_queries_and_one_with_principals_at_hand(team, bob, index, django_assert_num_queries):
    access.grant(index, "writer", group_urn(team.pk))
    principals = access.principals_of(bob)

    with django_assert_num_queries(2):
        assert access.may(bob, "writer", index)
    with django_assert_num_queries(1):
        assert access.may(bob, "writer", index, principals=principals)


def test_a_kind_of_resource_has_roles_of_its_own(alice, bob):
    flow = Resource("flow", uuid.uuid4())
    access.grant(flow, "starter", own(alice))
    access.grant(flow, "run_manager", own(bob))

    assert [access.may(alice, role, flow) for role in ("viewer", "starter", "administrator")] == [True, True, False]
    assert [access.may(bob, role, flow) for role in ("starter", "run_monitor")] == [False, True]
    with pytest.raises(InvalidRole):
        access.grant(flow, "writer", own(alice))
