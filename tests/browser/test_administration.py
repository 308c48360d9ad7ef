"""The pages of the portal's administrators, and the bar of whoever looks at an index as somebody else."""

import pytest

from apps.accounts import services as accounts
from tests.browser.conftest import sign_in, violations
from tests.conftest import PASSWORD


@pytest.fixture
def administer(visit, live_server, alice, team, shelf):
    """Opens a page as an administrator of the portal."""
    accounts.make_user(username="admin", password=PASSWORD, is_admin=True)

    def administer(path, **how):
        page = visit("/", **how)
        if how.get("width", 1440) < 800:
            page.get_by_text("Menu").click()
        sign_in(page, "admin")
        page.goto(live_server.url + path)
        return page

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
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("script", [True, False])
def test_an_index_is_looked_at_as_somebody_else_until_one_stops(administer, alice, charlie, script):
    page = administer("/crystals/manage/view-as/", script=script)
    page.get_by_label("Username").fill("charlie")
    page.get_by_role("button", name="View", exact=True).click()
    bar = page.get_by_role("complementary", name="Whose view this is")

    assert "as charlie@vitrine.local" in bar.inner_text()
    assert "3 records" in page.locator("#count").inner_text()
    page.get_by_role("link", name="Run a").click()
    bar.get_by_role("button", name="Stop").click()

    assert bar.count() == 0


def test_the_bar_is_accessible_on_a_phone(administer, charlie):
    page = administer("/crystals/manage/view-as/", width=320)
    page.get_by_label("Username").fill("charlie")
    page.get_by_role("button", name="View", exact=True).click()

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
