"""A search inside a facet, and a presentation edited by form, as a browser does them."""

import pytest
from playwright.sync_api import expect

from apps.search import services as search
from tests.browser.conftest import faults, sign_in
from tests.web.conftest import entry


@pytest.fixture
def many(shelf, put, alice):
    put(shelf, alice, *(entry(f"m{n}", protein=f"P{n:02}ase") for n in range(14)))


def box(page):
    return page.get_by_role("searchbox", name="Search in Protein")


def values(page):
    return page.get_by_role("list", name="Protein").get_by_role("listitem").locator("label")


def test_what_is_typed_exchanges_the_values_alone(visit, many):
    page = visit("/crystals/?q=run")
    page.evaluate("document.querySelector('.results').id = 'as-it-was'")

    box(page).press_sequentially("p1")

    expect(values(page)).to_have_text(["P10ase 1", "P11ase 1", "P12ase 1", "P13ase 1"])
    expect(page.locator("#told")).to_have_text("4 values")
    expect(page.locator("#as-it-was")).to_be_visible()
    expect(box(page)).to_be_focused()
    assert page.url.endswith("/crystals/?q=run&facet-contains.protein=p1")
    assert faults(page) == []


def test_a_value_that_was_found_can_be_ticked_and_keeps_its_place(visit, many):
    page = visit("/crystals/?facet-contains.protein=p13")
    page.get_by_role("checkbox", name="P13ase").check()
    expect(page.locator("#count")).to_contain_text("1 record")

    box(page).fill("p12")

    expect(values(page)).to_have_text(["P12ase 1", "P13ase 1"])
    expect(page.get_by_role("checkbox", name="P13ase")).to_be_checked()


def test_the_box_works_without_script(visit, many):
    page = visit("/crystals/", script=False)

    box(page).fill("zzz")
    page.get_by_role("button", name="Find in Protein").click()

    expect(page.get_by_text("no value holds “zzz”")).to_be_visible()
    expect(box(page)).to_have_value("zzz")


@pytest.mark.parametrize("script", [True, False])
def test_levels_are_searched_with_and_without_script(visit, shelf, put, alice, script):
    facets = [{"path": "folder", "label": "Protein", "separator": "/"}]
    search.present(index=shelf, actor=alice, document={**shelf.presentation, "facets": facets})
    put(shelf, alice, *(entry(f"m{n}", folder=f"raw/s{n % 3}/run {n}") for n in range(9)))
    page = visit("/crystals/", script=script)

    box(page).press_sequentially("run 4")
    if not script:
        page.get_by_role("button", name="Find in Protein").click()

    expect(values(page)).to_have_text(["raw/ 9", "s1/ 3", "run 4 1"])
    expect(box(page)).to_have_value("run 4")
    assert not script or faults(page) == []


@pytest.fixture
def form(visit, live_server):
    def form(**how):
        page = visit("/", **how)
        sign_in(page, "alice")
        page.goto(f"{live_server.url}/crystals/manage/presentation/form/")
        return page

    return form


def test_rows_of_a_presentation_move_by_keyboard_without_script(form):
    page = form(script=False)

    page.get_by_role("button", name="Down Protein in Facets").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down Protein in Facets")).to_be_focused()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Version 2 is saved.")).to_be_visible()
    expect(page.locator("#facets legend").first).to_contain_text("Hit rate")


def test_the_preview_follows_the_form(form):
    page = form()
    expect(page.locator("#preview .facets").get_by_role("heading", name="Protein")).to_be_visible()

    page.locator("[name='facets.0.label']").fill("Stuff")

    expect(page.locator("#preview .facets").get_by_role("heading", name="Stuff")).to_be_visible()
    assert faults(page) == []
