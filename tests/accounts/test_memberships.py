"""Every step into a group and out of it, by whom, from which status and under which rule, against plain tables."""

from itertools import product

import pytest
from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership
from apps.common.errors import PortalError

ROLES, STATUSES = Membership.Role.values, [None, *Membership.Status.values]
LIVE = {"active", "invited", "pending"}
MANAGING = {
    # step: (from which statuses, to which)
    "add_member": ({*STATUSES} - {"active"}, "active"),
    "invite": ({*STATUSES} - {"active"}, "invited"),
    "approve": ({"pending"}, "active"),
    "reject": ({"pending"}, "rejected"),
    "remove_member": ({"active", "invited"}, "removed"),
    "change_role": ({"active"}, "active"),
}
OWN = {
    # step: (from which statuses, to which), by how one comes into the group
    "accept_invitation": {joining: ({"invited"}, "active") for joining in Group.Joining.values},
    "decline_invitation": {joining: ({"invited"}, "declined") for joining in Group.Joining.values},
    "leave": {joining: ({"active", "pending"}, "left") for joining in Group.Joining.values},
    "join": {"open": ({None, "invited", "pending", "left", "declined"}, "active")},
    "ask_to_join": {
        "open": ({None, "invited", "pending", "left", "declined"}, "active"),
        "request": ({None, "left", "declined"}, "pending"),
    },
}
WIRE = {
    "accept_invitation": "accept",
    "decline_invitation": "decline",
    "leave": "leave",
    "join": "join",
    "ask_to_join": "request_join",
}


@pytest.fixture
def outcome(team, charlie):
    """The status of Charlie's place after a step, None if it is refused; all is as before then."""

    def outcome(step, *, actor, status, held="member", joining="invitation", **role):
        with transaction.atomic():
            Group.objects.filter(pk=team.pk).update(joining=joining)
            who = accounts.identities_of(charlie)[0]
            if status:
                Membership.objects.create(group=team, identity=who, status=status, role=held)
            try:
                found = getattr(accounts, step)(group=team, identity=who, actor=actor, **role)
                kept = Membership.objects.get(group=team, identity=who)
                assert (found.pk, found.status, found.role) == (kept.pk, kept.status, kept.role)
                return kept.status
            except PortalError:
                kept = team.memberships.filter(identity=who).first()
                assert (kept and kept.status) == status
                return None
            finally:
                transaction.set_rollback(True)

    return outcome


@pytest.mark.parametrize("step", MANAGING)
@pytest.mark.parametrize("mine", [None, *ROLES, "superuser"])
def test_who_manages_a_group_does_what_the_table_says(outcome, team, bob, step, mine):
    team.memberships.filter(identity__user=bob).update(role=mine if mine in ROLES else "member")
    if mine in (None, "superuser"):
        team.memberships.filter(identity__user=bob).delete()
    bob.is_superuser = mine == "superuser"
    sources, target = MANAGING[step]
    gives_role = step in ("add_member", "invite", "change_role")

    for status, held, given in product(STATUSES, ROLES, ROLES if gives_role else ["member"]):
        at_stake = {held if status in LIVE else "member", given}
        may = mine in ("admin", "superuser") or (mine == "manager" and at_stake == {"member"} and step != "change_role")
        role = {"role": given} if gives_role else {}

        found = outcome(step, actor=bob, status=status, held=held, **role)

        assert found == (target if may and status in sources else None), (status, held, given)


@pytest.mark.parametrize("step", OWN)
@pytest.mark.parametrize("joining", Group.Joining.values)
def test_who_comes_and_goes_does_what_the_table_says(outcome, team, charlie, alice, step, joining):
    sources, target = OWN[step].get(joining, (set(), None))

    for status in STATUSES:
        found = outcome(step, actor=charlie, status=status, joining=joining)

        assert found == (target if status in sources else None), status
        assert outcome(step, actor=alice, status=status, joining=joining) is None


@pytest.mark.parametrize("joining", Group.Joining.values)
@pytest.mark.parametrize("status", STATUSES)
def test_what_one_may_do_is_told_beforehand(team, charlie, joining, status):
    Group.objects.filter(pk=team.pk).update(joining=joining)
    team.refresh_from_db()
    if status:
        Membership.objects.create(group=team, identity=accounts.identities_of(charlie)[0], status=status)

    told = set(accounts.allowed_actions(charlie, team))

    assert told == {WIRE[step] for step, by in OWN.items() if status in by.get(joining, ((), None))[0]}


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("member", ["leave"]),
        ("manager", ["add", "approve", "invite", "leave", "reject", "remove"]),
        ("admin", ["add", "approve", "change_role", "invite", "leave", "reject", "remove"]),
    ],
)
def test_what_ones_role_allows_is_told_beforehand(team, bob, role, told):
    team.memberships.filter(identity__user=bob).update(role=role)

    assert accounts.allowed_actions(bob, team) == told


def test_an_invitation_keeps_its_role_and_who_sent_it(team, alice, charlie):
    who = accounts.identities_of(charlie)[0]
    accounts.invite(group=team, identity=who, actor=alice, role="manager")

    place = accounts.accept_invitation(group=team, identity=who, actor=charlie)

    assert (place.role, place.invited_by) == ("manager", accounts.identities_of(alice)[0])


@pytest.mark.parametrize(("step", "role"), [("leave", {}), ("remove_member", {}), ("change_role", {"role": "manager"})])
def test_the_last_admin_neither_goes_nor_is_taken_down_even_by_a_superuser(team, alice, charlie, step, role):
    who = accounts.identities_of(alice)[0]
    alice.is_superuser = True

    with pytest.raises(PortalError, match="last admin"):
        getattr(accounts, step)(group=team, identity=who, actor=alice, **role)
    Membership.objects.create(group=team, identity=accounts.identities_of(charlie)[0], role="admin")
    getattr(accounts, step)(group=team, identity=who, actor=alice, **role)

    assert accounts.role_in(charlie, team) == "admin"


def test_a_reason_is_kept_until_the_status_changes(team, alice, charlie):
    who = accounts.identities_of(charlie)[0]
    Membership.objects.create(group=team, identity=who, status="pending")

    assert accounts.reject(group=team, identity=who, actor=alice, reason="Not of this beamline.").status_reason
    assert accounts.add_member(group=team, identity=who, actor=alice).status_reason == ""


def test_a_place_that_claims_gave_is_the_peoples_once_they_decide_about_it(team, alice, charlie):
    who = accounts.identities_of(charlie)[0]
    Membership.objects.create(group=team, identity=who, given_by="idp.example.org")

    assert accounts.change_role(group=team, identity=who, actor=alice, role="manager").given_by == "idp.example.org"
    assert accounts.remove_member(group=team, identity=who, actor=alice).given_by == ""
