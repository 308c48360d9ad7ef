import pytest
from django.test import Client

from apps.accounts.models import AuditEvent
from apps.accounts.views.sessions import browser_of
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"


def signed_in(username, agent):
    browser = Client(headers={"User-Agent": agent})
    browser.post("/account/login/", {"login": username, "password": PASSWORD})
    return browser


def is_signed_in(browser):
    return browser.get("/account/").status_code == 200


@pytest.fixture
def here(elsewhere, alice):
    return signed_in("alice", FIREFOX)


@pytest.fixture
def phone(elsewhere, alice):
    return signed_in("alice", PHONE)


def test_all_browsers_that_are_signed_in_are_shown(here, phone):
    text = here.get("/account/sessions/").text

    assert "Firefox on Linux" in text
    assert "Safari on iPhone" in text
    assert "127.0.0.1" in text
    assert "by password" in here.get("/account/").text


def test_one_session_is_ended_and_counts_at_once(here, phone, alice):
    other = alice.usersession_set.get(session_key=phone.session.session_key)

    here.post(f"/account/sessions/{other.pk}/end/")

    assert (is_signed_in(here), is_signed_in(phone)) == (True, False)
    assert AuditEvent.objects.get(action="session.ended").actor_name == "alice@vitrine.local"


def test_signing_out_everywhere_else_keeps_this_browser(here, phone):
    third = signed_in("alice", PHONE)

    page = here.post("/account/sessions/end/", follow=True)

    assert "everywhere else" in page.text
    assert [is_signed_in(each) for each in (here, phone, third)] == [True, False, False]


def test_the_sessions_of_others_are_not_there(here, alice, bob):
    stranger = signed_in("bob", FIREFOX)
    own = alice.usersession_set.get()

    assert stranger.post(f"/account/sessions/{own.pk}/end/").status_code == 404
    assert is_signed_in(here)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.5", "curl/8.5"),
        ("", "unknown"),
    ],
)
def test_a_browser_is_told_by_its_name(agent, name):
    assert browser_of(agent) == name
