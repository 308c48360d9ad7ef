"""Every ``globus group`` command as its users run it, with the id and secret of a program that acts for itself."""

import uuid

import pytest

from apps.accounts.models import Group, Membership

pytestmark = pytest.mark.django_db(transaction=True)


class Program:
    """``globus group`` on a laptop, and the id by which the others know who runs it."""

    def __init__(self, laptop):
        self.laptop, self.id = laptop, laptop.variables["GLOBUS_CLI_CLIENT_ID"]

    def __call__(self, words, *more, fails=False):
        return self.laptop.globus("group", *words.split(), *map(str, more), status=int(fails))

    def json(self, words, *more):
        return self.laptop.json("group", *words.split(), *more)


@pytest.fixture
def curator(robots):
    return Program(robots("curator"))


@pytest.fixture
def guest(robots):
    return Program(robots("guest"))


@pytest.fixture
def crew(curator):
    """The id of a group that the curator has made."""
    return curator.json("create Crew --description", "Who sails")["id"]


def status_of(who, group_id):
    return Membership.objects.get(group=group_id, identity=who.id).status


def test_a_group_is_made_listed_shown_changed_and_deleted(curator, crew):
    below = curator.json("create Below --parent-id", crew)["id"]
    assert curator.json("show", below)["parent_id"] == crew
    assert "Crew" in curator("list")

    curator("update", crew, "--name", "Crew 2", "--terms-and-conditions", "Be kind.")
    curator("set-policies", crew, "--visibility", "authenticated", "--join-requests", "--signup-fields", "city,zip")

    shown = curator("show", crew)
    for told in ("Crew 2", "Who sails", "Be kind.", "authenticated", "city,zip", "admin"):
        assert told in shown
    assert "groups below this one" in curator("delete", crew, fails=True)
    for group_id in (below, crew):
        assert "deleted successfully" in curator("delete", group_id)
    assert not Group.objects.exists()


def test_members_are_added_listed_and_removed(curator, guest, crew):
    assert guest.id in curator("member add", crew, guest.id, "--role", "manager")
    assert "already" in curator("member add", crew, guest.id, fails=True)
    listed = curator("member list", crew)
    assert f"{guest.id}@clients.auth.globus.org" in listed
    assert "manager" in listed
    assert "Crew" in guest("list")

    assert guest.id in curator("member remove", crew, f"{guest.id}@clients.auth.globus.org")
    assert "Crew" not in guest("list")


def test_invitations_are_sent_declined_and_accepted(curator, guest, crew):
    for answer, status in (("decline", "declined"), ("accept", "active")):
        assert guest.id in curator("member invite", crew, guest.id)
        assert guest.id in guest(f"invite {answer}", crew)
        assert status_of(guest, crew) == status
    assert "no invitations" in guest("invite accept", crew, fails=True)
    assert f"Left group as {guest.id}" in guest("leave", crew)
    assert "last admin" in curator("leave", crew, fails=True)


def test_requests_are_sent_rejected_and_approved(curator, guest, crew):
    assert "no such group" in guest("join --request", crew, fails=True)
    curator("set-policies", crew, "--visibility", "authenticated", "--join-requests")
    assert "cannot come into this group like that" in guest("join", crew, fails=True)

    assert guest.id in guest("join --request", crew)
    assert guest.id in curator("member reject", crew, guest.id)
    assert status_of(guest, crew) == "rejected"
    Membership.objects.filter(identity=guest.id).update(status="left")
    guest("join --request", crew)
    assert guest.id in curator("member approve", crew, guest.id)
    assert status_of(guest, crew) == "active"


def test_an_open_group_is_joined(curator, guest, crew):
    Group.objects.update(joining="open", visibility="authenticated")

    assert guest.id in guest("join", crew)
    assert status_of(guest, crew) == "active"


def test_there_are_no_subscriptions(curator, crew):
    assert "updated successfully" in curator("set-subscription-admin-verified", crew, "null")
    curator("update", crew, "--subscription-admin-verified-id", "null")
    for words in ("get-by-subscription", "get-subscription-info"):
        assert "no subscriptions" in curator(words, uuid.uuid4(), fails=True)
    assert "no subscriptions" in curator("set-subscription-admin-verified", crew, uuid.uuid4(), fails=True)
