"""Programs without a browser (RFC 8628)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import DeviceCode
from apps.accounts.services import applications
from tests.auth.conftest import SEARCH_ALL

pytestmark = pytest.mark.django_db
AUTH = "/api/auth/v2/oauth2"


@pytest.fixture
def device(alice):
    """A program on a device: what it is told first, and how it asks on."""
    application, _ = applications.make_application(owner=alice, name="detector", kind="native")
    who = {"client_id": str(application.pk)}
    told = Client().post(f"{AUTH}/device_authorization", {**who, "scope": f"openid {SEARCH_ALL}"}).json()
    kind = "urn:ietf:params:oauth:grant-type:device_code"
    ask = {**who, "grant_type": kind, "device_code": told["device_code"]}
    return told, lambda: Client().post(f"{AUTH}/token", ask)


def test_a_device_waits_until_its_user_has_answered(device, client, bob):
    told, ask = device
    assert ask().json()["error"] == "authorization_pending"
    assert ask().json()["error"] == "slow_down"
    client.force_login(bob)
    assert "detector" in client.get("/account/device/", {"user_code": told["user_code"].lower()}).content.decode()
    client.post("/account/device/", {"user_code": told["user_code"], "decision": "allow"})

    tokens = ask().json()
    assert (tokens["resource_server"], "id_token" in tokens) == ("auth.globus.org", True)
    assert tokens["other_tokens"][0]["scope"] == SEARCH_ALL
    assert ask().status_code == 400


def test_a_device_is_told_that_it_is_not_let_in(device, client, bob):
    told, ask = device
    client.force_login(bob)
    client.post("/account/device/", {"user_code": told["user_code"], "decision": "deny"})

    assert ask().json()["error"] == "access_denied"


def test_a_device_that_waited_too_long_begins_again(device, client, bob):
    told, ask = device
    DeviceCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.force_login(bob)

    assert ask().json()["error"] == "expired_token"
    assert "No device waits" in client.get("/account/device/", {"user_code": told["user_code"]}).content.decode()


def test_codes_cannot_be_tried(device, client, bob, settings):
    settings.FAILURES_ALLOWED = 3
    told, _ = device
    client.force_login(bob)
    for _ in range(3):
        client.get("/account/device/", {"user_code": "BCDF-GHJK"})

    assert client.get("/account/device/", {"user_code": told["user_code"]}).status_code == 429
