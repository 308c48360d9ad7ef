"""Nothing moves under the reader's eyes: not while a page comes, not when a search is exchanged."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

MEASURE = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
MOST = 0.0001  # A hundredth of what is asked for: a record here is small, and so is what it would move.


def shift(page):
    """How much has moved up to now, as the browser reckons it; what follows a key or a click at once is not counted."""
    return page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(() => drawn(window.shift), 50)))")


@pytest.mark.parametrize(
    "path",
    ["/", "/crystals/", "/crystals/?view=table", "/crystals/?q=nothing", "/crystals/detail/a/?from=q%3Drun&at=1"],
)
def test_a_page_stands_still_while_its_scripts_are_late(visit, path):
    page = visit(path, height=3000, first=MEASURE)
    home = page.url

    # From a blank page: between two of one origin Chromium shows the first until the second is nearly done.
    page.goto("about:blank")
    page.route("**/vitrine.js", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(home)

    assert shift(page) < MOST


def test_the_pages_of_management_stand_still(visit, alice):
    page = visit("/", first=MEASURE)
    sign_in(page, "alice")

    for part in ("catalogue", "presentation", "roles", "tasks", "settings"):
        page.goto(page.url.partition("/crystals/")[0].rstrip("/") + f"/crystals/manage/{part}/")
        assert (part, shift(page) < MOST) == (part, True)


def test_an_exchange_moves_only_what_changes(visit):
    # The foot of the page follows the results, and half a second after the key that counts: it is out of view here.
    page = visit("/crystals/", height=600, first=MEASURE)
    page.route("**/crystals/?*", lambda route: (page.wait_for_timeout(600), route.continue_()))

    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)

    expect(page.get_by_role("heading", level=2, name="2 records")).to_be_visible()
    assert shift(page) < 0.01
