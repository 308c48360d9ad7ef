import re
import uuid

import pytest
from django.test import Client

from apps.accounts import services as accounts
from apps.accounts.models import Token

pytestmark = pytest.mark.django_db
SOMETHING = uuid.UUID(int=7)
PAGES = ["", "tokens/", "groups/", f"groups/{SOMETHING}/", "groups/find/", "email/", "password/change/"]
ACTS = [f"tokens/{SOMETHING}/revoke/", f"groups/{SOMETHING}/members/{SOMETHING}/remove/"]
ACTS += [f"groups/{SOMETHING}/{more}/" for more in ("settings", "subgroups", "delete")]


@pytest.fixture
def browser(client, alice):
    client.force_login(alice)
    return client


def identity(user):
    return accounts.identities_of(user)[0]


@pytest.mark.parametrize("page", PAGES + ACTS)
def test_a_visitor_is_asked_to_sign_in_and_led_back(client, page):
    for answer in (client.get(f"/account/{page}"), client.post(f"/account/{page}")):
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next=/account/{page}")


@pytest.mark.parametrize("page", ["", "tokens/", "groups/", "email/", "password/change/", "reauthenticate/"])
def test_each_page_has_one_heading_and_nothing_inline(browser, page):
    answer = browser.get(f"/account/{page}")

    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert not re.search(r"<script>|style=|javascript:| on\w+=", answer.text)


@pytest.mark.parametrize("page", ["tokens/", "groups/"])
def test_every_form_wants_the_csrf_token(alice, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)

    assert browser.post(f"/account/{page}", {"name": "x", "days": 30}).status_code == 403


def test_the_overview_tells_by_which_names_one_is_known(browser, alice):
    text = browser.get("/account/").text

    assert "alice@vitrine.local" in text
    assert f"urn:globus:auth:identity:{identity(alice).pk}" in text


def test_a_secret_is_shown_once_and_works(browser, alice):
    shown = browser.post("/account/tokens/", {"name": "laptop", "days": "30"})
    (secret,) = re.findall(r"vit_[\w-]{43}", shown.text)

    assert "no-store" in shown["Cache-Control"]
    assert secret not in browser.get("/account/tokens/").text
    told = Client().get("/api/auth/v2/oauth2/userinfo", headers={"Authorization": f"Bearer {secret}"})
    assert told.json()["preferred_username"] == "alice@vitrine.local"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 101}, {"days": "4000"}, {"days": "x"}, {"name": "a\x00"}]
)
def test_a_token_form_with_a_mistake_makes_none(browser, wrong):
    answer = browser.post("/account/tokens/", {"name": "laptop", "days": "30"} | wrong)

    assert 'class="error"' in answer.text
    assert not Token.objects.exists()


def test_a_token_is_revoked_by_its_owner_and_hidden_from_others(browser, alice, charlie):
    browser.post("/account/tokens/", {"name": "laptop", "days": "30"})
    token = Token.objects.get()
    stranger = Client()
    stranger.force_login(charlie)

    assert stranger.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert token.name not in stranger.get("/account/tokens/").text
    assert browser.get(f"/account/tokens/{token.pk}/revoke/").status_code == 405
    assert browser.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert accounts.tokens_of(alice) == []
