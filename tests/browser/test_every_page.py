"""What holds on every page: readable by everybody, at any width, and quiet."""

import pytest

from tests.browser.conftest import sign_in, violations

PAGES = [
    "/",
    "/crystals/",
    "/crystals/?q=lysozyme&filter.protein=Lysozyme&filter-from.rate=2&filter-year.made=2021",
    "/crystals/?view=table&q=run&sort=-rate&columns=rate,protein,made",
    "/crystals/?q=lysozime",
    "/crystals/?filter-from.rate=1,5&page=x&filter-from.made=never",
    "/crystals/?facet=protein",
    "/?q=run",
    "/?q=nothing",
    "/crystals/detail/a/",
    "/crystals/detail/b/?from=q%3Drun&at=2",
    "/nowhere/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong(visit, path, scheme):
    assert violations(visit(path, scheme=scheme)) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(visit, path):
    page = visit(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_the_open_filters_of_a_phone_are_accessible(visit):
    page = visit("/crystals/?filter.protein=PDL1", width=390)

    page.get_by_role("button", name="Filters (1)").click()

    assert violations(page) == []


def test_opened_charts_and_menus_are_accessible(visit):
    page = visit("/crystals/?view=table")

    for summary in page.locator(".results :is(.twin, .menu) summary").all():
        summary.click()
        assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 320])
def test_the_help_beside_the_search_box_is_accessible(visit, width):
    page = visit("/crystals/", width=width)

    page.get_by_text("How to search").click()
    page.get_by_text("What advanced search knows").click()

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_of_one_who_is_signed_in_are_accessible(visit, alice):
    page = visit("/crystals/detail/d/")
    sign_in(page, "alice")
    page.get_by_text("Alice").first.click()

    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_nobody_else_for_anything_and_obey_their_policy(chromium, live_server, shelf, path):
    page = chromium.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto(live_server.url + path)
    page.close()

    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [text for text in said if "Failed to load" not in text] == []
