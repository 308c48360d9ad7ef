"""A form with everything, in a browser: for everybody, at any width, with and without scripts."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults


@pytest.fixture
def open_form(visit, settings):
    settings.ROOT_URLCONF = "tests.web.schema_forms.page"
    return lambda **how: visit("/a-form/", **how)


def saved(page):
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#value")).not_to_be_empty()
    return json.loads(page.locator("#value").inner_text())


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_it_is_for_everybody_at_any_width(open_form, width, scheme):
    page = open_form(width=width, scheme=scheme)
    for name in ("Add to People", "Add to People", "Add to Entries of Settings"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#told")).to_contain_text("added")
    page.get_by_label("Kind").select_option("jet")
    expect(page.get_by_label("Speed")).to_be_visible()
    page.get_by_role("radio", name="Round").check()

    assert faults(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_parts_come_and_go_with_what_is_filled_in(open_form, script):
    page = open_form(script=script)
    page.get_by_label("Title").fill("Bounce")

    choose(page, "jet", script)
    page.get_by_label("Speed").fill("1.5")
    choose(page, "chip", script)
    expect(page.get_by_label("Speed")).to_have_count(0)
    expect(page.get_by_label("Title")).to_have_value("Bounce")

    assert saved(page)[0]["kind"] == "chip"
    assert "speed" not in saved(page)[0]
    choose(page, "jet", script)
    expect(page.get_by_label("Speed")).to_have_value("1.5")


def choose(page, kind, script):
    """What depends on it has come then: a click while the form is exchanged may meet another place."""
    old = page.locator("#schema-form").element_handle()
    page.get_by_label("Kind").select_option(kind)
    if not script:
        page.get_by_role("button", name="Show what follows from Kind").click()
    else:
        page.wait_for_function("old => !old.isConnected", arg=old)


def test_what_is_written_while_parts_come_is_kept_and_so_is_the_focus(open_form):
    page = open_form()
    page.route("**/a-form/", lambda route: (page.get_by_label("Title").press_sequentially("abc"), route.continue_()))

    page.get_by_label("Kind").select_option("jet")
    expect(page.get_by_label("Speed")).to_be_visible()

    expect(page.get_by_label("Title")).to_have_value("abc")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.locator("#told")).to_have_text("Fields were added below.")


@pytest.mark.parametrize("script", [True, False])
def test_items_change_places_and_the_focus_goes_with_them(open_form, script):
    page = open_form(script=script)
    page.get_by_label("Title").fill("Bounce")
    choose(page, "chip", script)
    for name in ("Alice", "Bob"):
        page.get_by_role("button", name="Add to People").click()
        expect(page.get_by_label("Name", exact=True).last).to_be_focused()
        page.get_by_label("Name", exact=True).last.fill(name)

    page.get_by_role("button", name="Move Person 2 up").click()

    expect(page.get_by_role("button", name="Move Person 1 down")).to_be_focused()
    assert saved(page)[0]["people"] == [{"name": "Bob"}, {"name": "Alice"}]


def test_a_term_is_found_as_one_writes(open_form):
    page = open_form()

    page.get_by_label("Space group optional", exact=True).press_sequentially("Group 19")
    page.get_by_role("option", name="Group 19 number 19").click()

    expect(page.get_by_label("Space group optional", exact=True)).to_have_value("P 19")


def test_a_term_is_found_by_a_button_where_no_script_runs(open_form):
    page = open_form(script=False)

    page.get_by_label("Words of a term for Space group").fill("group 19")
    page.get_by_role("button", name="Find Space group").click()
    page.get_by_role("button", name="Group 19 number 19").click()

    expect(page.get_by_label("Space group optional", exact=True)).to_have_value("P 19")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_proposed_is_accepted_or_changed(open_form, script):
    page = open_form(script=script)
    page.get_by_label("Title").fill("Bounce")
    choose(page, "chip", script)
    assert saved(page)[1] == ["/day", "/energy"]

    page.get_by_role("checkbox", name="Accept Day").check()
    page.get_by_label("Energy optional", exact=True).fill("13")

    value, proposed = saved(page)
    assert (value["day"], value["energy"], proposed) == ("2021-04-21", 13, [])
    expect(page.get_by_text("Proposed from")).to_have_count(0)


def test_what_is_wrong_is_said_first_and_leads_to_its_field(open_form):
    page = open_form(script=False)
    page.get_by_label("Energy optional", exact=True).fill("much")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("link", name="Title: Fill this in.")).to_be_focused()
    page.get_by_role("link", name="Energy: Write a number").click()
    expect(page.get_by_label("Energy optional", exact=True)).to_have_value("much")
    expect(page.get_by_label("Energy optional", exact=True)).to_have_attribute("aria-invalid", "true")
