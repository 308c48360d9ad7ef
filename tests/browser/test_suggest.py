"""Suggestions under the search box, with the keyboard and with the mouse."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import faults


def type_into_the_box(page, text):
    page.get_by_label("Search Crystals").press_sequentially(text, delay=20)
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_arrows_walk_through_suggestions_and_enter_takes_one(visit):
    page = visit("/crystals/?filter.protein=Lysozyme")
    box = page.get_by_label("Search Crystals")

    expect(type_into_the_box(page, "ly")).to_have_count(1)
    box.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text("lysozyme2 records")
    assert box.get_attribute("aria-activedescendant") == "suggestion-1"
    assert faults(page) == []
    box.press("Enter")

    expect(page.get_by_role("heading", level=2, name="2 records")).to_be_visible()
    expect(page).to_have_url(re.compile("q=lysozyme"))
    expect(page).to_have_url(re.compile("filter\\.protein=Lysozyme"))


def test_escape_closes_the_list_and_keeps_what_was_typed(visit):
    page = visit("/crystals/")
    box = page.get_by_label("Search Crystals")

    expect(type_into_the_box(page, "ly")).to_have_count(1)
    box.press("Escape")

    expect(page.locator(".suggest")).to_be_hidden()
    expect(box).to_have_value("ly")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_can_be_clicked(visit):
    page = visit("/crystals/", width=390)

    type_into_the_box(page, "pdl1 ly").first.click()

    expect(page.get_by_label("Search Crystals")).to_have_value("pdl1 lysozyme")
    expect(page).to_have_url(re.compile(r"/crystals/\?q=pdl1(\+|%20)lysozyme$"))


def test_only_the_last_of_quick_keys_is_asked(visit):
    page = visit("/crystals/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)

    # All keys within one turn of the browser's loop: how fast a busy machine types does not count.
    page.get_by_label("Search Crystals").evaluate(
        """box => {
          box.focus();
          for (const text of ["l", "ly", "lys", "lyso", "lysoz"]) {
            box.value = text;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
        }"""
    )
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(1)

    assert [url.partition("?")[2] for url in asked] == ["q=lysoz"]
