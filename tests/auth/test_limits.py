"""Doors that take a secret cannot be tried for ever, and say so."""

import json

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from apps.accounts.models import Application
from apps.accounts.services import applications

pytestmark = pytest.mark.django_db
TOKEN = "/api/auth/v2/oauth2/token"


@pytest.fixture(autouse=True)
def few(settings):
    settings.FAILURES_ALLOWED = 3
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def service(alice):
    application, secret = applications.make_application(owner=alice, name="nightly", kind="service")
    return {"client_id": str(application.pk), "client_secret": secret, "scope": "openid"}


def ask(client, door="", **told):
    return client.post(f"{TOKEN}{door}", {"grant_type": "client_credentials", **told}).status_code


@pytest.mark.parametrize("door", ["", "/introspect", "/validate", "/revoke"])
def test_wrong_secrets_are_counted_at_each_door(client, service, door):
    wrong = {**service, "client_secret": "wrong", "token": "x"}

    assert [ask(client, door, **wrong) for _ in range(4)] == [401, 401, 401, 429]
    assert ask(client, **service) == 429


def test_what_succeeds_is_not_counted(client, service):
    assert {ask(client, **service) for _ in range(8)} == {200}


def test_another_address_is_not_closed_out(client, service):
    for _ in range(4):
        ask(client, **{**service, "client_secret": "wrong"})

    told = {"grant_type": "client_credentials", **service}
    assert client.post(TOKEN, told, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_installations_cannot_be_registered_without_end(client):
    body = {"client": {"template_id": "00000000-0000-4000-8000-00000000dead", "name": "x"}}
    answers = [client.post("/api/auth/v2/api/clients", body, "application/json").status_code for _ in range(4)]

    assert answers == [404, 404, 404, 429]


def test_the_command_makes_an_application_and_prints_its_secret_once(alice, capsys):
    call_command("create_application", "nightly", "--owner", "alice", "--type", "service")

    printed = json.loads(capsys.readouterr().out)
    made = Application.objects.get(pk=printed["client_id"])
    assert applications.has_secret(made, printed["client_secret"])
    assert (made.owner, made.account.is_program) == (alice, True)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--owner", "nobody", "--type", "service"], "Nobody here is called"),
        (["--owner", "alice", "--type", "confidential", "--redirect-uri", "http://example.org/"], "open line"),
        (["--owner", "alice", "--type", "native", "--redirect-uri", "javascript:alert(1)"], "no address"),
        (["--owner", "alice", "--type", "native", "--redirect-uri", "https://a.example/#x"], "without #"),
    ],
)
def test_the_command_says_what_is_wrong(alice, more, says):
    with pytest.raises(CommandError, match=says):
        call_command("create_application", "nightly", *more)
