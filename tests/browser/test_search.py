"""Searching as a visitor does it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in


@pytest.mark.parametrize("script", [True, False])
def test_search_choose_open_and_go_back(visit, script):
    page = visit("/crystals/", script=script)

    page.get_by_label("Search Crystals").fill("run")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("checkbox", name="Lysozyme").check(no_wait_after=True)
    if not script:
        page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=2, name="2 records")).to_be_visible()
    page.get_by_role("link", name="Run b").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Run b")
    page.go_back()

    expect(page.get_by_role("checkbox", name="Lysozyme")).to_be_checked()
    assert "q=run" in page.url
    expect(page).to_have_url(re.compile("filter\\.protein=Lysozyme"))


def test_two_people_see_different_totals(visit, bob, charlie):
    for username, total in (("bob", "5 records"), ("charlie", "3 records")):
        page = visit("/crystals/")
        sign_in(page, username)

        expect(page.get_by_role("heading", level=2, name=total)).to_be_visible()


def test_a_chip_takes_its_filter_away(visit):
    page = visit("/crystals/?filter.protein=PDL1&filter-from.rate=3")

    page.get_by_role("link", name="Remove Protein: PDL1").click()

    expect(page.get_by_role("checkbox", name="PDL1")).not_to_be_checked()
    expect(page).to_have_url(re.compile("filter\\-range\\.rate=3"))


def test_the_handles_of_a_range_write_its_bounds(visit):
    page = visit("/crystals/")

    page.get_by_label("Hit rate, lowest").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    low = page.get_by_label("Hit rate from").input_value()
    page.get_by_label("Hit rate from").press("Enter")

    assert 0 < float(low) < 21
    expect(page.get_by_role("link", name=f"Remove Hit rate: from {low} %")).to_be_visible()


def test_what_is_ticked_applies_at_once_and_keeps_the_focus(visit):
    page = visit("/crystals/")

    page.get_by_role("checkbox", name="PDL1").focus()
    page.keyboard.press("Space")

    expect(page.get_by_role("heading", level=2, name="1 record")).to_be_visible()
    expect(page.get_by_role("checkbox", name="PDL1")).to_be_focused()


def test_the_filters_are_a_sheet_on_a_phone(visit):
    page = visit("/crystals/", width=390)
    expect(page.get_by_role("checkbox", name="PDL1")).to_be_hidden()

    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="PDL1").click()
    expect(page.get_by_role("button", name="Show 1 record")).to_be_visible()
    expect(page.get_by_role("checkbox", name="PDL1")).to_be_focused()
    page.get_by_role("checkbox", name="Lysozyme").click()
    page.get_by_role("button", name="Show 3 records").click()

    expect(page.get_by_role("heading", level=2, name="3 records")).to_be_visible()
    expect(page.get_by_role("checkbox", name="PDL1")).to_be_hidden()


def test_the_theme_is_remembered(visit):
    page = visit("/")

    page.get_by_role("button", name="Switch between light and dark").click()
    page.goto(page.url + "crystals/")

    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("name", ["lowest", "highest"])
def test_the_handle_that_has_the_focus_is_seen(visit, name):
    page = visit("/crystals/")
    range_ = page.locator(".handles").first
    before = range_.screenshot()

    page.get_by_label("Hit rate from").focus()
    for _ in range({"highest": 1, "lowest": 2}[name]):
        page.keyboard.press("Shift+Tab")

    expect(page.get_by_label(f"Hit rate, {name}")).to_be_focused()
    assert range_.screenshot() != before
