"""The audit log: what changes access leaves a line, and no line is changed again."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent
from apps.accounts.services import audit
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def lines(*actions):
    """Action, actor and target of each line, the eldest first."""
    found = AuditEvent.objects.filter(action__in=actions) if actions else AuditEvent.objects.all()
    return [(one.action, one.actor_name, one.target_name) for one in found.order_by("pk")]


def test_a_line_outside_of_a_request_names_its_actor(alice):
    audit.record("token.made", kind="token", id=7, name="laptop", actor=alice, days=30)

    line = AuditEvent.objects.get(action="token.made")
    assert (line.actor_name, line.via, line.details) == ("alice@vitrine.local", "command", {"days": 30})


def test_lines_are_never_changed_or_taken_away(alice):
    audit.record("token.made", kind="token", id=7, actor=alice)
    line = AuditEvent.objects.get(action="token.made")

    for change in (line.save, line.delete, AuditEvent.objects.all().delete, lambda: AuditEvent.objects.update(via="x")):
        with pytest.raises(TypeError, match="append only"):
            change()


@pytest.mark.parametrize(
    "change", ["UPDATE accounts_auditevent SET actor_name = ''", "DELETE FROM accounts_auditevent"]
)
def test_the_database_refuses_it_too(alice, change):
    if change.startswith("DELETE") and connection.vendor == "sqlite":
        pytest.skip("SQLite empties its tables by DELETE between tests")

    with pytest.raises(IntegrityError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_signing_in_and_out_is_told_with_the_address(client, alice):
    client.post("/account/login/", {"login": "alice", "password": PASSWORD}, headers={"x-request-id": "request-1"})
    client.post("/account/logout/")

    assert lines("person.signed_in", "person.signed_out") == [
        ("person.signed_in", "alice@vitrine.local", "alice@vitrine.local"),
        ("person.signed_out", "alice@vitrine.local", "alice@vitrine.local"),
    ]
    line = AuditEvent.objects.get(action="person.signed_in")
    assert (line.address, line.via, line.request_id) == ("127.0.0.1", "page", "request-1")


@pytest.mark.parametrize(("typed", "name"), [("alice", "alice@vitrine.local"), ("my-pass-word-77", ""), ("a\0b", "")])
def test_a_failed_sign_in_names_people_only_and_never_what_was_typed(client, alice, typed, name):
    client.post("/account/login/", {"login": typed, "password": "wrong-guess-1"})

    failed = AuditEvent.objects.filter(action="person.sign_in_failed")
    assert [one.target_name for one in failed] == ([] if "\0" in typed else [name])
    assert "my-pass-word-77" not in str(list(AuditEvent.objects.values()))


def test_a_password_that_was_changed_is_told(client, alice):
    client.force_login(alice)

    new = {"oldpassword": PASSWORD, "password1": "another-one-88", "password2": "another-one-88"}
    client.post("/account/password/change/", new)

    assert lines("password.changed") == [("password.changed", "alice@vitrine.local", "alice@vitrine.local")]


def test_whichever_way_people_come_change_and_go_it_is_told(alice):
    alice.is_active, alice.is_superuser = False, True
    alice.save()
    alice.delete()

    assert [action for action, _, _ in lines()] == [
        "person.made",
        "person.deactivated",
        "person.rights_changed",
        "person.deleted",
    ]
    assert AuditEvent.objects.get(action="person.rights_changed").details == {"is_superuser": True}


def test_a_token_leaves_a_line_when_it_is_made_and_one_when_it_is_revoked(alice):
    now = timezone.now()
    token, _ = accounts.make_token(user=alice, name="laptop", expires_at=now + timedelta(days=1))

    for _ in range(2):
        accounts.revoke_token(actor=alice, token_id=token.pk, now=now)

    told = [("token.made", "alice@vitrine.local", "laptop"), ("token.revoked", "alice@vitrine.local", "laptop")]
    assert lines("token.made", "token.revoked") == told


def test_what_is_recorded_once_stands_once_for_each_request(alice):
    class Request:
        user, address, via, request_id = alice, None, "page", "r"

    for _ in range(2):
        with audit.coming_from(Request):
            audit.record_once("visibility.bypassed", kind="index", id=1)
            audit.record_once("visibility.bypassed", kind="index", id=1)
            audit.record_once("visibility.bypassed", kind="index", id=2)

    assert len(lines("visibility.bypassed")) == 4


def test_no_line_holds_a_secret(client, alice, capsys):
    client.post("/account/login/", {"login": "alice", "password": "wrong-guess-1"})
    client.post("/account/login/", {"login": "alice", "password": PASSWORD})
    shown = client.post("/account/tokens/", {"name": "laptop", "days": "30"}).text
    call_command("create_token", "alice")
    secrets = [*re.findall(r"vit_[\w-]{43}", shown), capsys.readouterr().out.strip(), PASSWORD, "wrong-guess-1"]

    written = json.dumps(list(AuditEvent.objects.values()), default=str)

    assert len(secrets) == 4
    assert [secret for secret in secrets if secret in written] == []
    assert alice.password not in written
