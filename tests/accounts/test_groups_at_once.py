"""What several people do with a group at the same moment."""

from functools import partial

import pytest

from apps.access import services as access
from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership, User
from tests.at_once import at_once, several_writers

__all__ = ["several_writers"]
pytestmark = pytest.mark.usefixtures("several_writers")


def identity(user):
    return accounts.identities_of(user)[0]


def test_of_two_last_admins_who_leave_at_once_one_stays(team, alice, bob):
    Membership.objects.update(role="admin")

    raised = at_once(
        *(lambda user=user: accounts.leave(group=team, identity=identity(user), actor=user) for user in (alice, bob))
    )

    assert raised == ["LastAdmin"]
    assert team.memberships.filter(status="active", role="admin").count() == 1


def test_one_who_is_added_twice_at_once_is_in_once(team, alice, charlie):
    add = partial(accounts.add_member, group=team, identity=identity(charlie), actor=alice)

    assert at_once(add, add, add) == ["AlreadyMember", "AlreadyMember"]


def test_groups_that_change_at_once_with_the_same_people_do_not_block_each_other(alice):
    users = [accounts.make_user(username=f"u{number}", password=None) for number in range(20)]
    groups = [Group.objects.create(name=f"g{number}") for number in range(6)]
    for group in groups:
        places = [Membership(group=group, identity=identity(user)) for user in users]
        Membership.objects.bulk_create(places if group.pk.int % 2 else places[::-1])

    raised = at_once(
        *(group.delete for group in groups[:3]),
        *(lambda group=group: group.memberships.update(status="left") for group in groups[3:]),
    )

    assert raised == []
    assert all(accounts.groups_of(user) == [] for user in users)


def test_what_is_remembered_while_others_change_it_is_right_in_the_end(team, alice, bob):
    who = identity(bob)

    def ask():
        for _ in range(50):
            access.principals_of(User.objects.get(pk=bob.pk))

    def change():
        for status in ["left", "active"] * 10 + ["left"]:
            Membership.objects.filter(identity=who).update(status=status)

    at_once(ask, change, ask)

    assert accounts.identity_and_group_ids_of(bob)[1] == set()
    assert access.principals_of(User.objects.get(pk=bob.pk)) == {
        "public", "all_authenticated_users", f"urn:globus:auth:identity:{who.pk}",
    }  # fmt: skip
