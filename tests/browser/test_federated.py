"""Signing in at another provider, as a browser does it: its policy must let people leave, and come back."""

import pytest
from playwright.sync_api import expect

from tests.accounts.conftest import elsewhere, provider_url  # noqa: F401 (fixtures)
from tests.browser.conftest import give_password
from tests.conftest import PASSWORD

STYLES = "https://cdn.jsdelivr.net/"


@pytest.fixture
def facility(elsewhere, complaints):  # noqa: F811 (fixture)
    """Another provider, which browsers may be sent to; its page asks for a style sheet, which they do not get."""
    elsewhere.knows("d-1", preferred_username="dora", name="Dora")
    yield elsewhere
    complaints[:] = [one for one in complaints if not one.startswith((elsewhere.url, STYLES))]


def agree(page, facility):
    """Sign in there."""
    page.wait_for_url(f"{facility.url}/**")
    page.fill("[name=sub]", "d-1")
    page.locator("form button, form input[type=submit]").first.click()


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_there_and_back_to_where_one_was(visit, facility, script):
    page = visit("/crystals/", script=script)
    page.get_by_role("link", name="Sign in").first.click()

    page.route(f"{STYLES}**", lambda route: route.abort())
    page.get_by_role("button", name="Facility").click()
    agree(page, facility)

    page.wait_for_url("**/crystals/")
    expect(page.locator("details.account summary", has_text="Dora")).to_be_visible()


def test_an_identity_is_linked_from_the_account_page(visit, facility, alice):
    page = visit("/account/identities/")
    give_password(page, "alice")

    page.route(f"{STYLES}**", lambda route: route.abort())
    page.get_by_role("button", name="Facility").click()
    agree(page, facility)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    page.get_by_role("button", name="Unlink dora@facility.example").wait_for()
