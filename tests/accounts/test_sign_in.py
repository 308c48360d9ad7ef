import re

import pytest
from django.core.cache import cache
from django.test import Client

from apps.accounts import services as accounts
from apps.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"username": "dora", "email": "dora@example.org", "password1": "a-long-one-77", "password2": "a-long-one-77"}


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()  # allauth counts there, by address, and all tests come from one


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["alice", "Alice@Example.org"])
def test_one_signs_in_by_username_or_e_mail(client, alice, login):
    answer = client.post("/account/login/", {"login": login, "password": PASSWORD, "next": "/account/tokens/"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/tokens/")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_never_leads_elsewhere(client, alice, elsewhere):
    answer = client.post("/account/login/", {"login": "alice", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, alice):
    said = [
        re.findall("<p>(.*correct.*)</p>", client.post("/account/login/", {"login": login, "password": "x"}).text)
        for login in ("alice", "zelda")
    ]

    assert said[0] == said[1] != []
    assert not is_signed_in(client)


def test_guessing_is_stopped(client, alice):
    for _ in range(10):
        client.post("/account/login/", {"login": "alice", "password": "wrong"})

    client.post("/account/login/", {"login": "alice", "password": PASSWORD})

    assert not is_signed_in(client)


def test_one_who_is_switched_off_does_not_get_in(client, alice):
    alice.is_active = False
    alice.save()

    client.post("/account/login/", {"login": "alice", "password": PASSWORD})

    assert not is_signed_in(client)


def test_signing_out_takes_a_click_not_a_link(client, alice):
    client.force_login(alice)

    assert "Sign out" in client.get("/account/logout/").text
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_a_visitor_makes_an_account_with_an_identity(client):
    answer = client.post("/account/signup/", NEW)

    assert (answer.status_code, is_signed_in(client)) == (302, True)
    assert [one.username for one in accounts.identities_of(User.objects.get())] == ["dora@vitrine.local"]


@pytest.mark.parametrize(
    "wrong", [{"username": "a@b"}, {"username": "ALICE"}, {"password2": "x"}, {"password1": "1", "password2": "1"}]
)
def test_sign_up_names_the_field_that_is_wrong(client, alice, wrong):
    answer = client.post("/account/signup/", NEW | wrong)

    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert User.objects.count() == 1


def test_sign_up_can_be_closed(client, settings):
    settings.SIGNUP = "closed"

    answer = client.post("/account/signup/", NEW)

    assert "Sign up is closed" in answer.text
    assert not User.objects.exists()


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, alice, mailoutbox):
    client.post("/account/password/reset/", {"email": "alice@example.org"})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    form = client.get(link)["Location"]

    client.post(form, {"password1": "another-one-88", "password2": "another-one-88"})

    alice.refresh_from_db()
    assert alice.check_password("another-one-88")
    assert "does not work any more" in Client().get(link, follow=True).text


def test_the_password_is_changed_only_by_who_knows_it(client, alice):
    client.force_login(alice)
    new = {"password1": "another-one-88", "password2": "another-one-88"}

    client.post("/account/password/change/", new | {"oldpassword": "guess"})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    client.post("/account/password/change/", new | {"oldpassword": PASSWORD})

    alice.refresh_from_db()
    assert alice.check_password("another-one-88")


def test_a_second_address_is_added_and_removed(client, alice):
    client.force_login(alice)

    client.post("/account/email/", {"action_add": "", "email": "a@example.com"})
    assert "a@example.com" in client.get("/account/email/").text
    client.post("/account/email/", {"action_remove": "", "email": "a@example.com"})

    assert not alice.emailaddress_set.filter(email="a@example.com").exists()


def test_administrators_sign_in_by_the_same_door(client, alice):
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/account/login/")
    client.force_login(alice)
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    "page", ["login", "signup", "password/reset", "password/reset/done", "inactive", "confirm-email"]
)
def test_pages_for_visitors_are_ours(client, page):
    answer = client.get(f"/account/{page}/")

    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert not re.search(r"<script>|style=|javascript:| on\w+=", answer.text)
