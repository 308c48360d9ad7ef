"""Where a request comes from: what a proxy that is believed says, else the web server; or nobody knows."""

import pytest
from django.core.cache import cache

from apps.accounts.models import AuditEvent
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SOCKET = {"REMOTE_ADDR": ""}
"""As gunicorn says it of a Unix socket."""


@pytest.fixture
def few(settings):
    settings.FAILURES_ALLOWED = 2
    cache.clear()
    yield
    cache.clear()


def sign_in(client, **more):
    return client.post("/account/login/", {"login": "alice", "password": PASSWORD}, **more)


def test_who_comes_through_a_socket_signs_in_and_acts_without_an_address(client, alice):
    assert sign_in(client, **SOCKET).status_code == 302
    assert client.post("/account/groups/", {"name": "Crystals"}, **SOCKET).status_code == 302

    assert set(AuditEvent.objects.values_list("address", flat=True)) == {None}
    assert ">unknown<" in client.get("/account/sessions/", **SOCKET).text


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (1, "198.51.100.9, 192.0.2.7", "192.0.2.7"),
        (1, "nonsense", None),
        (1, "", "127.0.0.1"),
        (0, "192.0.2.7", "127.0.0.1"),
    ],
)
def test_the_last_proxy_is_believed_if_there_is_to_be_one(settings, client, alice, proxies, told, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    sign_in(client, headers={"X-Forwarded-For": told})

    assert AuditEvent.objects.get(action="person.signed_in").address == address


def test_those_without_an_address_share_a_limit(client, few):
    told = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "x"}

    answers = [client.post("/api/auth/v2/oauth2/token", told, **SOCKET).status_code for _ in range(3)]

    assert answers == [400, 400, 429]
    assert client.post("/api/auth/v2/oauth2/token", told).status_code == 400
