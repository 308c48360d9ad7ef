"""People, groups and roles from the command line: JSON for scripts, and errors that say what to do."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent, User
from apps.search import services as search

pytestmark = pytest.mark.django_db


def run(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return json.loads(out.getvalue())


def told(action):
    line = AuditEvent.objects.filter(action=action).first()
    return line.actor_name, line.via


def test_a_person_is_made_without_a_password():
    made = run("create_user", "dora", "--name=Dora", "--email=dora@example.org")

    user = accounts.find_identity("dora").user
    assert made == {"id": str(accounts.identity_ids_of(user)[0]), "username": "dora@vitrine.local", "is_admin": False}
    assert not user.has_usable_password()


def test_a_generated_password_is_printed_and_works():
    made = run("create_user", "root", "--admin", "--generate-password")

    user = User.objects.get(username="root")
    assert (user.is_superuser, user.check_password(made["password"])) == (True, True)


def test_a_password_may_come_by_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("glass-case-42\n"))

    assert "password" not in run("create_user", "dora", "--password-stdin")
    assert User.objects.get(username="dora").check_password("glass-case-42")


def test_a_weak_password_makes_nobody(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))

    with pytest.raises(CommandError, match="password: This password is too short"):
        run("create_user", "dora", "--password-stdin")
    assert not User.objects.exists()


def test_a_group_is_made_and_filled(alice, bob):
    made = run("create_group", "Beamline 7", "--owner=alice")
    by_name = run("add_member", "Beamline 7", "bob", "--role=manager", "--by=alice")

    assert by_name == {"group": made["id"], "name": "Beamline 7", "username": "bob@vitrine.local", "role": "manager"}
    assert [group.name for group in accounts.groups_of(bob)] == ["Beamline 7"]


def test_roles_are_given_and_taken(index, alice, bob, team):
    to_bob = run("grant_role", "crystals", "writer", "--user=bob", "--by=alice")
    assert told("role.granted") == ("alice@vitrine.local", "command")
    run("grant_role", str(index.pk), "admin", "--group=team", "--by=alice")
    taken = run("revoke_role", "crystals", "writer", "--user=bob@vitrine.local", "--by=alice")

    assert taken == to_bob
    assert told("role.withdrawn") == ("alice@vitrine.local", "command")
    assert [role.role_name for role in search.roles(index=index, actor=alice)] == ["owner", "admin"]


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("create_user ALICE", "This username is taken"),
        ("create_user a@b", "username: Use letters"),
        ("create_group x --owner=zelda", "Nobody who may sign in is called 'zelda'. See manage.py create_user"),
        ("add_member nowhere bob --by=alice", "There is no group 'nowhere'"),
        ("add_member twin bob --by=alice", "Several groups are called 'twin'"),
        ("add_member team charlie --by=bob", "Only managers"),
        ("add_member team bob --by=alice", "in the group already"),
        ("grant_role nowhere writer --user=bob --by=alice", 'no search index named "nowhere"'),
        ("grant_role crystals writer --user=bob --by=charlie", "You need the role 'admin'"),
        ("grant_role crystals writer --user=public --by=alice", "A role is for an identity or a group"),
        ("revoke_role crystals admin --user=bob --by=alice", "bob does not have the role admin on 'Crystals'"),
        ("revoke_role crystals owner --user=alice --by=alice", "last owner"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(index, alice, charlie, team, command, complaint):
    for _ in range(2):
        accounts.make_group(owner=alice, name="twin")
    before = AuditEvent.objects.count()

    with pytest.raises(CommandError, match=complaint):
        run(*command.split())

    assert AuditEvent.objects.count() == before
