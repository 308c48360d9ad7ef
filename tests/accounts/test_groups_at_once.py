"""What several people do with a group at the same moment."""

import threading
from functools import partial

import pytest
from django.db import connection

from apps.access import services as access
from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership, User
from apps.common.errors import PortalError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _several_writers():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and one connection in a test")


def at_once(*calls):
    """Call all of them at the same moment, each with a connection of its own; gives what they raised."""
    gate, raised = threading.Barrier(len(calls)), []

    def run(call):
        try:
            gate.wait()
            call()
        except PortalError as error:
            raised.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


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
