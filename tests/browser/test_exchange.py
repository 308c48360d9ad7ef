"""With a script a search exchanges what changes, and nothing else: no page is loaded anew, and the way back works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults


@pytest.fixture
def page(visit):
    """The search page, with a mark that is gone as soon as another document is loaded."""
    page = visit("/crystals/")
    page.evaluate("window.isSame = true")
    return page


def is_same(page):
    return page.evaluate("window.isSame === true")


def has_heading(page, text):
    expect(page.get_by_role("heading", level=2, name=text)).to_be_visible()


def test_a_ticked_value_exchanges_the_results_and_keeps_its_focus(page):
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)

    has_heading(page, "2 records")
    expect(page.get_by_role("checkbox", name="Lysozyme")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="2 records")).to_have_count(1)
    assert is_same(page)
    expect(page).to_have_url(re.compile("filter\\.protein=Lysozyme"))
    assert "filter-from" not in page.url
    assert faults(page) == []


def test_back_and_forward_bring_what_was_there(page):
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)
    has_heading(page, "2 records")

    page.go_back()
    has_heading(page, "3 records")
    expect(page.get_by_role("checkbox", name="Lysozyme")).not_to_be_checked()
    page.go_forward()
    has_heading(page, "2 records")
    expect(page.get_by_role("checkbox", name="Lysozyme")).to_be_checked()


def test_words_links_and_the_title_are_exchanged_too(page):
    page.get_by_label("Search Crystals").fill("run")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_title("run · Crystals · Vitrine")
    page.get_by_role("link", name="Exclude PDL1").click()

    has_heading(page, "2 records")
    expect(page.get_by_role("link", name="Include PDL1")).to_be_focused()
    assert is_same(page)


def test_what_was_folded_stays_folded_and_handles_still_move(page):
    page.locator(".facet summary", has_text="Made").click()
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)
    has_heading(page, "2 records")

    assert page.locator(".facet", has_text="Up to and including").get_attribute("open") is None
    page.get_by_label("Hit rate, lowest").focus()
    page.keyboard.press("ArrowRight")
    assert float(page.get_by_label("Hit rate from").input_value()) > 0


def test_a_record_is_a_page_of_its_own(page):
    page.get_by_role("link", name="Run b").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Run b")
    assert not is_same(page)


def test_what_cannot_be_read_is_told_by_its_field(page):
    page.get_by_label("Hit rate from").fill("much")
    page.get_by_label("Hit rate from").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Hit rate")
    assert is_same(page)


def test_what_one_sends_before_the_answer_is_there_is_not_lost(page):
    late = []
    page.route("**/crystals/?*", lambda route: late.append(route))
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)
    page.get_by_role("checkbox", name="PDL1").check(no_wait_after=True)
    page.get_by_label("Search Crystals").press_sequentially("ru")  # An empty box is not sent, and yet open.
    expect(page.get_by_role("status").filter(has_text="Searching")).to_have_count(1)
    late[-1].continue_()

    has_heading(page, "3 records")
    expect(page.get_by_role("link", name="Remove Protein")).to_have_count(2)
    expect(page.get_by_label("Search Crystals")).to_be_focused()
    expect(page.get_by_label("Search Crystals")).to_have_value("ru")


def test_a_portal_that_cannot_be_reached_is_told_and_tried_again(page):
    page.route("**/crystals/?*", lambda route: route.abort("connectionrefused"))
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)

    told = page.get_by_role("alert").filter(has_text="cannot be reached now")
    expect(told).to_be_visible()
    assert (faults(page), is_same(page)) == ([], True)
    page.unroute_all()
    told.get_by_role("link", name="Try again").click()
    has_heading(page, "2 records")


def test_an_error_is_told_by_its_page(page, shelf, complaints):
    shelf.delete()
    page.get_by_role("checkbox", name="Lysozyme").click()

    expect(page.get_by_role("heading", level=1, name="There is no such page")).to_be_visible()
    assert not is_same(page)
    complaints.clear()  # htmx tells the console, too.


@pytest.mark.parametrize(
    ("name", "text"), [("Remove Protein: PDL1", "3 records"), ("Table", "1 record"), ("Clear all", "3 records")]
)
def test_the_focus_is_never_lost(page, name, text):
    page.get_by_role("checkbox", name="PDL1").check(no_wait_after=True)
    has_heading(page, "1 record")
    page.get_by_role("link", name=name).first.press("Enter")

    has_heading(page, text)
    expect(page.locator("#count, [aria-current=true]:text('Table')").and_(page.locator(":focus"))).to_be_visible()


def test_columns_move_one_after_the_other(page):
    page.get_by_role("link", name="Table").click()
    page.get_by_text("Columns", exact=True).press("Enter")

    page.get_by_role("link", name="Move Hit rate earlier").press("Enter")

    expect(page.get_by_role("columnheader")).to_have_text(["Record", "Hit rate, %", "Protein"])
    expect(page.get_by_text("Columns", exact=True)).to_be_focused()
    page.get_by_role("link", name="Move Hit rate later").press("Enter")
    expect(page.get_by_role("columnheader")).to_have_text(["Record", "Protein", "Hit rate, %"])


def test_a_field_that_is_left_empty_keeps_the_focus_and_stays_out_of_the_address(page):
    page.get_by_label("Hit rate to").fill("10")
    page.get_by_label("Hit rate to").press("Enter")
    has_heading(page, "1 record")
    page.get_by_label("Hit rate to").fill("")
    page.get_by_label("Hit rate to").press("Enter")

    has_heading(page, "3 records")
    expect(page.get_by_label("Hit rate to")).to_be_focused()
    assert "filter" not in page.url
