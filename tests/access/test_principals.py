import uuid

import pytest

from apps.access import services as access
from apps.access.errors import InvalidPrincipal
from apps.access.types import Principal, PrincipalKind, group_urn, identity_urn, parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import Group, Identity, Membership

ID = "3f2b8c1e-9d47-4a0b-8c55-0e6f1a2b3c4d"


def own(user):
    return identity_urn(accounts.identities_of(user)[0].pk)


def test_each_person_has_their_own_principals(team, alice, bob, charlie, nobody):
    signed_in = {"public", "all_authenticated_users"}

    assert access.principals_of(nobody) == access.principals_of(None) == {"public"}
    assert access.principals_of(alice) == signed_in | {own(alice), group_urn(team.pk)}
    assert access.principals_of(bob) == signed_in | {own(bob), group_urn(team.pk)}
    assert access.principals_of(charlie) == signed_in | {own(charlie)}


def test_one_who_is_switched_off_is_the_public(alice):
    alice.is_active = False

    assert access.principals_of(alice) == {"public"}


def test_every_linked_identity_and_its_groups_count(team, charlie):
    linked = Identity.objects.create(user=charlie, username="c@orcid.org", provider="orcid.org", name="C")
    Membership.objects.create(group=team, identity=linked)

    assert {own(charlie), identity_urn(linked.pk), group_urn(team.pk)} <= access.principals_of(charlie)


@pytest.mark.parametrize("status", ["invited", "pending", "left", "removed"])
def test_a_membership_that_is_not_active_gives_nothing(team, charlie, status):
    Membership.objects.create(group=team, identity=accounts.identities_of(charlie)[0], status=status)

    assert group_urn(team.pk) not in access.principals_of(charlie)


def test_leaving_a_group_counts_at_once(team, alice, bob):
    accounts.remove_member(group=team, identity=accounts.identities_of(bob)[0], actor=alice)

    assert group_urn(team.pk) not in access.principals_of(bob)


def test_many_groups_take_one_query(bob, django_assert_num_queries):
    groups = Group.objects.bulk_create(Group(name=f"g{n}") for n in range(500))
    mine = accounts.identities_of(bob)[0]
    Membership.objects.bulk_create(Membership(group=group, identity=mine) for group in groups)

    with django_assert_num_queries(1):
        assert len(access.principals_of(bob)) == 503


@pytest.mark.parametrize(
    ("text", "principal"),
    [
        ("public", Principal(PrincipalKind.PUBLIC)),
        ("all_authenticated_users", Principal(PrincipalKind.ALL_AUTHENTICATED)),
        (f"urn:globus:auth:identity:{ID}", Principal(PrincipalKind.IDENTITY, uuid.UUID(ID))),
        (f"urn:globus:groups:id:{ID}", Principal(PrincipalKind.GROUP, uuid.UUID(ID))),
    ],
)
def test_a_principal_is_read_and_written_alike(text, principal):
    assert parse_principal(text) == principal
    assert str(principal) == text


def test_a_principal_in_upper_case_is_the_same_one():
    assert str(parse_principal(f"urn:globus:groups:id:{ID.upper()}")) == f"urn:globus:groups:id:{ID}"


@pytest.mark.parametrize(
    "text",
    ["", "Public", "identity", ID, "urn:globus:groups:id:", f"urn:globus:groups:id:{{{ID}}}",
     f"urn:globus:groups:id: {ID}",
     f"urn:globus:auth:identity:{ID.replace('-', '')}", f"urn:globus:auth:identity:urn:uuid:{ID}", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_principal_is_refused_without_being_repeated_at_length(text):
    with pytest.raises(InvalidPrincipal) as refused:
        parse_principal(text)

    assert len(str(refused.value.details)) < 250
