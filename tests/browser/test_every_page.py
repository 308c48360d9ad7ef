"""What holds on every page: readable by everybody, at any width, and quiet."""

import pytest

from tests.browser.conftest import faults, sign_in, unfold

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
    "/collections/",
    "/collections/?q=nothing",
    "/api/publish/",
    "/nowhere/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong(visit, path, scheme):
    assert faults(visit(path, scheme=scheme)) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(visit, path):
    page = visit(path, width=320)

    assert faults(page) == []


def test_the_open_filters_of_a_phone_are_accessible(visit):
    page = visit("/crystals/?filter.protein=PDL1", width=390)

    page.get_by_role("button", name="Filters (1)").click()

    assert faults(page) == []


def test_opened_charts_and_menus_are_accessible(visit):
    page = visit("/crystals/?view=table")

    for summary in page.locator(".results :is(.twin, .menu) summary").all():
        summary.click()
        assert faults(page) == []


@pytest.mark.parametrize("width", [1440, 320])
def test_the_help_beside_the_search_box_is_accessible(visit, width):
    page = visit("/crystals/", width=width)

    page.get_by_text("How to search").click()
    page.get_by_text("What advanced search knows").click()

    assert faults(page) == []


def test_pages_of_one_who_is_signed_in_are_accessible(visit, alice):
    page = visit("/crystals/detail/d/")
    sign_in(page, "alice")
    page.get_by_text("Alice").first.click()

    assert faults(page) == []


def test_a_page_that_asked_others_or_broke_its_policy_would_be_noticed(visit, complaints):
    page = visit("/")

    page.evaluate("fetch('http://elsewhere.example/').catch(() => null)")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: '//elsewhere.example/a.png'}))"
    )
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_function("document.querySelector('img[src*=elsewhere]').complete")

    assert [word for word in ("connect-src", "img-src", "broken") if not any(word in one for one in complaints)] == []
    complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_search_with_all_unfolded_is_accessible_and_nothing_in_it_moves_by_itself(visit, scheme):
    page = visit("/crystals/?sort=-rate&filter-year.made=2021", scheme=scheme, reduced_motion="reduce")

    unfold(page)
    page.get_by_text("curl", exact=True).click()
    page.locator(".button").first.hover()

    assert faults(page) == []
    assert page.evaluate("document.getAnimations().length") == 0
