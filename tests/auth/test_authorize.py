"""The page of consent, and those who try to misuse it."""

from urllib.parse import urlencode

import pytest

from apps.accounts.services import applications
from apps.accounts.services.applications import may_redirect_to
from tests.auth.conftest import SEARCH_ALL, WEB

pytestmark = pytest.mark.django_db
PAGE = "/api/auth/v2/oauth2/authorize"


@pytest.fixture
def gateway(alice):
    return applications.make_application(owner=alice, name="gateway", kind="confidential", redirect_uris=[WEB])[0]


@pytest.fixture
def asked(gateway):
    return {
        "client_id": str(gateway.pk),
        "redirect_uri": WEB,
        "scope": f"openid {SEARCH_ALL}",
        "state": "st",
        "response_type": "code",
    }


def test_the_page_says_who_asks_for_what_and_where_one_is_sent(client, bob, asked):
    client.force_login(bob)
    page = client.get(PAGE, asked)

    for text in ("gateway", "Search, publish and manage metadata as you", "bob@vitrine.local", "gateway.example.org"):
        assert text in page.content.decode()
    assert "form-action 'self' https://gateway.example.org" in page["Content-Security-Policy"]
    assert page["Cache-Control"].startswith("max-age=0")


def test_who_is_not_signed_in_signs_in_first_and_comes_back(client, asked):
    response = client.get(PAGE, {**asked, "prompt": "login"})

    assert response["Location"].startswith("/account/login/?next=%2Fapi%2Fauth%2Fv2%2Foauth2%2Fauthorize")
    assert "prompt" not in response["Location"]


def test_a_program_may_ask_that_one_signs_in_again(client, bob, asked):
    client.force_login(bob)

    assert client.get(PAGE, {**asked, "prompt": "login"})["Location"].startswith("/account/reauthenticate/")


def test_a_program_that_wants_no_page_is_told_why_it_needs_one(client, bob, asked):
    asked = {**asked, "prompt": "none"}

    assert client.get(PAGE, asked)["Location"].startswith(f"{WEB}?error=login_required&state=st")
    client.force_login(bob)
    assert client.get(PAGE, asked)["Location"].startswith(f"{WEB}?error=consent_required&state=st")


def test_who_does_not_allow_it_is_sent_back_without_a_code(client, bob, asked):
    client.force_login(bob)
    response = client.post(f"{PAGE}?{urlencode(asked)}", {"decision": "deny"})

    assert response["Location"].startswith(f"{WEB}?error=access_denied")
    assert "code=" not in response["Location"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://evil.example.org/back"},
        {"redirect_uri": f"{WEB}/more"},
        {"redirect_uri": f"{WEB}?a=b"},
        {"redirect_uri": "https://gateway.example.org@evil.example.org/back"},
        {"redirect_uri": "http://gateway.example.org/back"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": ""},
        {"client_id": "unknown"},
        {"client_id": "00000000-0000-4000-8000-00000000dead"},
    ],
)
def test_nobody_is_sent_where_the_application_did_not_say_before(client, bob, asked, wrong):
    client.force_login(bob)
    for response in (client.get(PAGE, asked | wrong), client.post(f"{PAGE}?{urlencode(asked | wrong)}")):
        assert response.status_code == 400
        assert "Location" not in response


@pytest.mark.parametrize("wrong", [{"scope": "nonsense"}, {"scope": "openid["}, {"response_type": "token"}])
def test_what_is_wrong_otherwise_is_told_to_the_application(client, bob, asked, wrong):
    client.force_login(bob)
    response = client.get(PAGE, asked | wrong)

    assert response["Location"].startswith(f"{WEB}?error=")
    assert "state=st" in response["Location"]


def test_a_foreign_page_cannot_answer_for_the_person(bob, asked):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob)

    assert browser.post(f"{PAGE}?{urlencode(asked)}", {"decision": "allow"}).status_code == 403


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ({"session_required_identities": "carol@other.example.org"}, "carol@other.example.org"),
        ({"session_required_single_domain": "other.example.org"}, "other.example.org"),
        ({"session_required_mfa": "True"}, "second factor"),
    ],
)
def test_what_an_application_asks_of_the_session_is_said_in_words(client, bob, asked, asks, says):
    client.force_login(bob)
    page = client.get(PAGE, asked | asks)

    assert page.status_code == 403
    assert says in page.content.decode()
    assert client.post(f"{PAGE}?{urlencode(asked | asks)}", {"decision": "allow"}).status_code == 403


def test_a_session_that_is_enough_is_let_through(client, bob, asked):
    client.force_login(bob)
    enough = {"session_required_identities": "bob@vitrine.local", "session_required_single_domain": "vitrine.local"}

    assert client.get(PAGE, asked | enough).status_code == 200


@pytest.mark.parametrize(
    ("uri", "is_allowed"),
    [
        ("http://localhost:4321", True),
        ("http://127.0.0.1:1/", True),
        ("http://[::1]:80", True),
        ("http://localhost:4321/other", False),
        ("http://localhost.evil.example.org:80", False),
        ("http://localhost:80@evil.example.org", False),
        ("http://me@localhost:80", False),
        ("https://localhost:4321", False),
        ("http://localhost:nine", False),
        ("http://10.0.0.1:80", False),
    ],
)
def test_a_native_program_may_use_any_port_of_its_own_machine(alice, uri, is_allowed):
    native, _ = applications.make_application(owner=alice, name="native", kind="native")

    assert may_redirect_to(native, uri) is is_allowed


def test_the_code_is_shown_to_those_who_copy_it(client):
    page = client.get("/api/auth/v2/web/auth-code?code=<b>c0de</b>&state=x")

    assert "&lt;b&gt;c0de&lt;/b&gt;" in page.content.decode()
    assert client.get("/api/auth/v2/web/auth-code?error=access_denied").status_code == 400
