"""The pages of an account, and those on the way in: readable by everybody, at any width."""

from urllib.parse import urljoin

import pytest

from apps.accounts.types import Kind, LoginProvider
from portal import login
from tests.browser.conftest import faults, give_password
from tests.conftest import PASSWORD

WAYS_IN = [
    "login/",
    "signup/",
    "password/reset/",
    "oidc/orcid/login/",
    "3rdparty/login/cancelled/",
    "3rdparty/login/error/",
]
PAGES = [
    "",
    "identities/",
    "sessions/",
    "2fa/",
    "email/",
    "password/change/",
    "tokens/",
    "groups/",
    "invitations/",
    "command-line/",
]
GUARDED = ["2fa/totp/activate/", "2fa/webauthn/add/"]
WIDTHS = [(1440, "light"), (1440, "dark"), (320, "light")]


@pytest.fixture(autouse=True)
def orcid(settings):
    """Another place to sign in at; no test goes there."""
    providers = [
        LoginProvider(kind=Kind.OPENID_CONNECT, id="sso", name="Beamline SSO", server_url="https://sso.example.org"),
        LoginProvider(kind=Kind.OPENID_CONNECT, id="orcid", name="ORCID", server_url="https://orcid.example.org"),
    ]
    settings.LOGIN_PROVIDERS, settings.SOCIALACCOUNT_PROVIDERS = providers, login.allauth_providers(providers)


def check(page, paths):
    """What is wrong with any of these pages of the account, opened one after the other."""
    wrong = []
    for path in paths:
        page.goto(urljoin(page.url, f"/account/{path}"))
        wrong += [(path, found) for found in faults(page)]
    return wrong


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_the_ways_in_are_accessible(visit, width, scheme):
    assert check(visit("/", width=width, scheme=scheme), WAYS_IN) == []


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_the_pages_of_an_account_are_accessible(visit, alice, width, scheme):
    alice.is_staff = True
    alice.save()
    page = visit("/account/login/", width=width, scheme=scheme)
    give_password(page, "alice")
    page.goto(urljoin(page.url, "/account/reauthenticate/"))
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    assert check(page, PAGES + GUARDED) == []
