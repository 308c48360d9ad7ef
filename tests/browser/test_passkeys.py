"""Passkeys, with the authenticator that Chromium plays itself."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults, sign_in
from tests.conftest import PASSWORD

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(visit, alice):
    """Alice's, signed in by password, on a machine that keeps passkeys."""
    page = visit("/account/login/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    page.authenticator = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})[
        "authenticatorId"
    ]
    page.devtools = devtools
    sign_in(page, "alice")
    return page


def add_passkey(page, name="laptop"):
    page.goto(urljoin(page.url, "/account/2fa/webauthn/add/"))
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.fill("[name=name]", name)
    assert faults(page) == []
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Recovery codes", exact=True).wait_for()


def sign_out(page):
    page.locator("details.account summary").click()
    page.locator("details.account").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_and_signs_in_alone(page):
    add_passkey(page)
    sign_out(page)

    page.get_by_role("link", name="Sign in").first.click()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()

    page.locator("details.account summary", has_text="Alice").wait_for()
    page.locator("details.account summary").click()
    page.get_by_role("link", name="Account", exact=True).first.click()
    expect(page.get_by_text("by passkey")).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(page):
    add_passkey(page)
    sign_out(page)

    sign_in(page, "alice")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()

    page.locator("details.account summary", has_text="Alice").wait_for()


def test_a_key_that_is_refused_is_told_on_the_page(page):
    add_passkey(page)
    sign_out(page)
    page.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": page.authenticator, "isUserVerified": False})

    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_text("No key was used").wait_for()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
