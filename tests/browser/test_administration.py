"""The pages of the portal's administrators, and the bar of whoever looks at an index as somebody else."""

import pytest
from playwright.sync_api import expect

from apps.accounts import services as accounts
from tests.browser.conftest import faults
from tests.conftest import PASSWORD


@pytest.fixture
def administer(look, team, shelf):
    """Opens a page as an administrator of the portal."""
    accounts.make_user(username="admin", password=PASSWORD, is_admin=True)

    def administer(path, **how):
        return look(path, "admin", **how)

    return administer


def paths(alice, team, index):
    person = accounts.identities_of(alice)[0].pk
    at = "/account/access/"
    return [
        "/account/audit/",
        "/account/audit/?since=2999-01-01&person=zelda",
        at,
        f"{at}people/{person}/",
        f"{at}groups/{team.pk}/",
        f"{at}indexes/{index.pk}/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (320, "light")])
def test_every_page_is_for_everybody_at_any_width(administer, live_server, alice, team, shelf, width, scheme):
    page = administer("/account/", width=width, scheme=scheme)

    for path in paths(alice, team, shelf):
        page.goto(live_server.url + path)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize("script", [True, False])
def test_an_index_is_looked_at_as_somebody_else_until_one_stops(administer, alice, charlie, script):
    page = administer("/crystals/manage/view-as/", script=script)
    page.get_by_label("Username").fill("charlie")
    page.get_by_role("button", name="View", exact=True).click()
    bar = page.get_by_role("complementary", name="Whose view this is")

    expect(bar).to_contain_text("as charlie@vitrine.local")
    expect(page.locator("#count")).to_contain_text("3 records")
    page.get_by_role("link", name="Run a").click()
    bar.get_by_role("button", name="Stop").click()

    expect(bar).to_have_count(0)


def test_the_bar_is_accessible_on_a_phone(administer, charlie):
    page = administer("/crystals/manage/view-as/", width=320)
    page.get_by_label("Username").fill("charlie")
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_role("complementary", name="Whose view this is")).to_be_visible()

    assert faults(page) == []
