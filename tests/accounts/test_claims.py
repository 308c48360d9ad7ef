"""Groups that another provider says somebody is in."""

import pytest

from apps.access import services as access
from apps.access.types import group_urn
from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent, Identity, Membership
from apps.accounts.services.claims import follow
from apps.accounts.types import GroupRule, Kind, LoginProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew(elsewhere, alice, team):
    """Alice's team, which those are in who come with a role of it."""
    elsewhere.trust(groups=(GroupRule(claim="realm_access.roles", value="beamline-7", group=str(team.pk)),))
    return team


def comes(elsewhere, client, *roles):
    elsewhere.knows("d-1", preferred_username="dora", realm_access={"roles": roles})
    elsewhere.sign_in(client, "d-1")
    return Identity.objects.get(subject="d-1").user


def test_who_comes_with_the_claim_is_in_the_group_at_once(client, elsewhere, crew):
    dora = comes(elsewhere, client, "visitor", "beamline-7")

    assert group_urn(crew.pk) in access.principals_of(dora)
    event = AuditEvent.objects.get(action="group.member_added", details__because_of="facility")
    assert (event.target_name, event.details["username"]) == ("team", "dora@facility.example")


def test_who_comes_without_it_any_more_is_out(client, elsewhere, crew):
    dora = comes(elsewhere, client, "beamline-7")

    comes(elsewhere, client, "visitor")

    assert group_urn(crew.pk) not in access.principals_of(dora)
    assert AuditEvent.objects.filter(action="group.member_removed").count() == 1


def test_a_place_that_people_gave_is_left_alone(client, elsewhere, alice, crew):
    identity = accounts.provision("dora@facility.example")
    accounts.add_member(group=crew, identity=identity, actor=alice, role="manager")

    dora = comes(elsewhere, client, "beamline-7")
    comes(elsewhere, client)

    assert accounts.membership_of(dora, crew.pk).role == Membership.Role.MANAGER


def test_a_claim_gives_back_nothing_that_people_refused(client, elsewhere, crew):
    identity = accounts.provision("dora@facility.example")
    Membership.objects.create(group=crew, identity=identity, status=Membership.Status.REJECTED)

    dora = comes(elsewhere, client, "beamline-7")

    assert group_urn(crew.pk) not in access.principals_of(dora)


def test_the_claim_counts_for_the_identity_that_has_it(client, elsewhere, crew):
    dora = comes(elsewhere, client, "beamline-7")

    assert [place.identity.username for place in accounts.memberships_of(dora)] == ["dora@facility.example"]


RULES = [
    (GroupRule(claim="groups", value="a", group="team"), {"groups": ["b", "a"]}, True),
    (GroupRule(claim="groups", value="a", group="team"), {"groups": "a"}, True),
    (GroupRule(claim="groups", value="a", group="team"), {"groups": {"a": True}}, False),
    (GroupRule(claim="groups", value="a", group="team"), {}, False),
    (GroupRule(claim="groups", pattern="bl-[67]", group="team"), {"groups": ["bl-7"]}, True),
    (GroupRule(claim="groups", pattern="bl-[67]", group="team"), {"groups": ["bl-77", "x bl-7"]}, False),
    (GroupRule(claim="urn:oid:1.3.6", value="a", group="team"), {"urn:oid:1.3.6": ["a"]}, True),
    (GroupRule(claim="groups", value="a", group="no such group"), {"groups": ["a"]}, False),
]


@pytest.mark.parametrize(("rule", "claims", "is_in"), RULES)
def test_rules_are_read_as_they_are_written(team, charlie, rule, claims, is_in):
    provider = LoginProvider(kind=Kind.ORCID, groups=(rule,))
    identity = Identity.objects.create(user=charlie, username="c@orcid.org", provider="orcid.org", subject="c")

    follow(identity=identity, provider=provider, claims=claims)

    assert (group_urn(team.pk) in access.principals_of(charlie)) is is_in


def test_nobody_takes_over_a_rule_by_a_group_of_the_same_name(team, alice, charlie):
    accounts.make_group(owner=charlie, name="team")
    identity = accounts.identities_of(charlie)[0]

    rule = GroupRule(claim="groups", value="a", group="team")
    follow(identity=identity, provider=LoginProvider(kind=Kind.ORCID, groups=(rule,)), claims={"groups": ["a"]})

    assert group_urn(team.pk) in access.principals_of(charlie)
