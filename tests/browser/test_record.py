"""Reading a record as a visitor does it."""

import json

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("script", [True, False])
def test_one_goes_from_a_hit_to_the_next_and_back_to_the_results(visit, script):
    page = visit("/crystals/?q=run&sort=title", script=script)

    page.get_by_role("link", name="Run a").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Run b")
    expect(page.get_by_text("2 of 3 in your search")).to_be_visible()
    page.get_by_role("link", name="Previous").click()
    page.get_by_role("link", name="your search").click()

    expect(page.get_by_role("heading", level=2, name="3 records")).to_be_visible()
    assert page.url.endswith("/crystals/?q=run&sort=title")


def test_the_policy_lets_schema_org_stand_in_the_page(visit):
    page = visit("/")
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(page.url + "crystals/detail/a/")

    told = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert (told["name"], said) == ("Run a", [])


def test_on_paper_what_is_folded_is_open_and_nothing_is_to_be_pressed(visit):
    page = visit("/crystals/detail/a/")

    page.emulate_media(media="print")

    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading", level=2, name="Metadata")).to_be_visible()
    expect(page.get_by_text("Open as JSON")).to_be_hidden()


def test_the_json_is_copied_and_that_is_said(visit):
    page = visit("/crystals/detail/a/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("JSON", exact=True).press("Enter")
    button = page.locator("[data-copy=record-json]")

    button.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(button).to_have_text("Copied")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))["title"] == "Run a"
    expect(button).to_have_text("Copy")
    expect(button).to_be_focused()


def test_what_cannot_be_copied_is_selected(visit):
    page = visit("/crystals/detail/a/", first="Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_text("JSON", exact=True).press("Enter")

    page.locator("[data-copy=record-json]").press("Enter")

    expect(page.get_by_role("status")).to_have_text("Selected, not copied")
    assert json.loads(page.evaluate("getSelection().toString()"))["title"] == "Run a"
