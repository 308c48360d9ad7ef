"""With a script a search exchanges what changes, and nothing else: no page is loaded anew, and the way back works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations


@pytest.fixture
def page(visit):
    """The search page, with a mark that is gone as soon as another document is loaded."""
    page = visit("/crystals/")
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
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
    assert (violations(page), page.complaints) == ([], [])


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
    expect(page.get_by_role("heading", level=2, name="2 records")).to_be_focused()
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
