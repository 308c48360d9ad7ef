"""A second step by an app, and recovery codes. Passkeys need a browser: ``tests/browser/test_passkeys.py``."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from apps.accounts.models import AuditEvent
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGES = ["", "totp/activate/", "webauthn/add/", "webauthn/"]


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def browser(elsewhere, client, alice):
    client.force_login(alice)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def app(browser):
    """Alice's app, set up; it knows the secret, and she the recovery codes."""
    (secret,) = re.findall(r'id="secret">(\w+)<', browser.get("/account/2fa/totp/activate/").text)
    page = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"^(?:.*>)?(\d{8})$", page.text, re.MULTILINE)


def begun():
    """A browser of somebody who knows Alice's password."""
    browser = Client()
    answer = browser.post("/account/login/", {"login": "alice", "password": PASSWORD})
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    return browser


def is_in(browser):
    return "_auth_user_id" in browser.session


def test_the_password_alone_does_not_let_in_any_more(app):
    browser = begun()

    assert not is_in(browser)
    assert "Incorrect code" in browser.post("/account/2fa/authenticate/", {"code": "000000"}).text
    assert browser.get("/account/").status_code == 302


def test_a_code_of_the_app_lets_in_once(app, monkeypatch):
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    code = code_of(app[0])

    (first := begun()).post("/account/2fa/authenticate/", {"code": code})
    (second := begun()).post("/account/2fa/authenticate/", {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_lets_in_once(app):
    _, codes = app

    (first := begun()).post("/account/2fa/authenticate/", {"code": codes[0]})
    (second := begun()).post("/account/2fa/authenticate/", {"code": codes[0]})

    assert (len(codes), is_in(first), is_in(second)) == (10, True, False)


def test_recovery_codes_are_shown_once(browser, app):
    page = browser.get("/account/2fa/recovery-codes/").text

    assert app[1][0] not in page
    assert "Keep these codes" not in page


def test_a_copy_of_the_database_makes_no_codes(app, alice):
    kept = " ".join(str(row.data) for row in alice.authenticator_set.all())

    assert app[0] not in kept
    assert alice.authenticator_set.get(type="totp").wrap().validate_code("000000") is False


def test_guessing_codes_is_stopped(app):
    browser = begun()
    for _ in range(6):
        browser.post("/account/2fa/authenticate/", {"code": "000000"})

    browser.post("/account/2fa/authenticate/", {"code": app[1][0]})

    assert not is_in(browser)


def test_switching_off_asks_who_it_is(app, alice):
    stranger = Client()
    stranger.force_login(alice)

    answer = stranger.post("/account/2fa/totp/deactivate/")

    assert "reauthenticate" in answer["Location"]
    assert alice.authenticator_set.filter(type="totp").exists()


def test_the_app_is_switched_off(browser, app, alice):
    browser.post("/account/2fa/totp/deactivate/")

    assert not alice.authenticator_set.exists()
    assert "Your password alone" in browser.get("/account/2fa/").text
    log = AuditEvent.objects.filter(action__startswith="second_step").order_by("pk")
    assert {event.target_id for event in log} == {str(alice.identities.get().pk)}
    assert {("second_step.added", "totp"), ("second_step.removed", "totp")} <= {
        (event.action, event.details["step"]) for event in log
    }


def test_a_person_who_is_deleted_takes_their_second_step_along(app, alice):
    known_by = str(alice.identities.get().pk)

    alice.delete()

    log = AuditEvent.objects.filter(target_id=known_by, action__in=["second_step.removed", "person.deleted"])
    assert {event.target_name for event in log} == {"alice@vitrine.local"}
    assert {event.action for event in log} == {"second_step.removed", "person.deleted"}


@pytest.mark.parametrize("page", PAGES)
def test_its_pages_are_ours_and_hold_nothing_inline(browser, page):
    answer = browser.get(f"/account/2fa/{page}")

    assert (answer.status_code, answer.text.count("<h1>")) == (200, 1)
    assert not re.search(r"<script>|style=|javascript:| on\w+=", answer.text)
