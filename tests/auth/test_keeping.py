"""Keys and rows over time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import AuthorizationCode, Grant, SigningKey, Token
from apps.accounts.services import applications, issuing, keys
from apps.accounts.services.clearing import clear
from tests.auth.conftest import SEARCH_ALL

pytestmark = pytest.mark.django_db


def test_a_new_key_signs_and_the_one_before_it_is_still_published():
    now = timezone.now()
    first = keys.rotate(now=now - timedelta(days=40)).pk
    second = keys.rotate(now=now - timedelta(days=20)).pk

    assert [key["kid"] for key in keys.public_keys(now=now)] == [second, first]
    assert [key["kid"] for key in keys.public_keys(now=now + timedelta(days=11))] == [second]
    assert not {"d", "p", "q"} & set(keys.public_keys(now=now)[0])


def test_a_key_that_another_secret_key_sealed_is_replaced(settings):
    first = keys.rotate(now=timezone.now()).pk
    settings.SECRET_KEY = "another"

    assert keys.sign({"sub": "x"})
    assert SigningKey.objects.first().pk != first


def test_what_ended_long_ago_is_cleared_away_and_all_else_is_kept(alice):
    service, _ = applications.make_application(owner=alice, name="nightly", kind="service")
    now = timezone.now()
    for days in (0, 40):
        made = now - timedelta(days=days)
        grant = issuing.let_in(user=service.account, application=service, scopes=(), allows_refresh=False, now=made)
        issuing.issue(grant, [SEARCH_ALL], allows_refresh=False, now=made)
        told = {"grant": grant, "allows_refresh": False, "expires_at": made}
        AuthorizationCode.objects.create(hash=str(days), redirect_uri="x", scope="openid", **told)

    assert clear(now=now) == 3
    assert (Token.objects.count(), Grant.objects.count(), AuthorizationCode.objects.count()) == (1, 1, 1)
    assert clear(now=now) == 0
