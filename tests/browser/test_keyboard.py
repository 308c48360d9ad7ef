"""The whole way of a researcher with the keyboard alone: every stop is seen, and no exchange loses the place."""

import json
import re

import pytest
from playwright.sync_api import expect

from apps.search.tasks import rebuild
from tests.browser.conftest import sign_in
from tests.browser.keys import MOST, Keys
from tests.web.conftest import entry


@pytest.fixture
def keys(visit, shelf, put, alice):
    """The search page of 33 records, with more proteins than a facet shows at once."""
    put(
        shelf,
        alice,
        *(entry(f"m{n:02}", protein=f"P{n:02}", rate=n, made=f"2024-{n % 3 + 1:02}-0{n % 4 + 1}") for n in range(30)),
    )
    return Keys(visit("/crystals/", permissions=["clipboard-read", "clipboard-write"]))


@pytest.fixture
def managing(visit, live_server, shelf, bob):
    """A page of the index's management, as Alice."""

    def managing(path):
        page = visit("/")
        sign_in(page, "alice")
        page.goto(f"{live_server.url}/crystals/manage/{path}/")
        return Keys(page)

    return managing


def has(keys, text):
    expect(keys.page.get_by_role("heading", level=2, name=re.compile(rf"^{text}\b"))).to_be_visible()


def is_at(keys, name):
    expect(keys.page.locator(":focus")).to_have_count(1)
    assert keys.where()["name"].startswith(name)


def test_from_home_to_an_index_and_by_a_suggestion_to_records(visit):
    keys = Keys(visit("/"))

    keys.press("Tab", "Enter").to("Crystals").press("Enter")
    expect(keys.page.get_by_role("heading", level=1, name="Crystals")).to_be_visible()
    keys.to("Search Crystals").write("ly")
    expect(keys.page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(1)
    keys.press("ArrowDown", "Enter")

    has(keys, "2 records")
    is_at(keys, "Search Crystals")
    keys.to("Skip the filters").press("Enter", "Tab")
    is_at(keys, "Sort")


def test_values_are_chosen_left_out_looked_for_and_taken_away(keys):
    keys.to("Exclude Lysozyme").press("Enter")
    has(keys, "31 records")
    is_at(keys, "Include Lysozyme")

    keys.to("Show all").press("Enter")
    expect(keys.page.get_by_role("heading", level=1, name="Protein")).to_be_visible()
    keys.to("Search in Protein").write("P2").press("Enter")
    expect(keys.page.get_by_role("checkbox")).to_have_count(10)
    keys.to("P21").press("Space").to("P22").press("Space").to("Show these records").press("Enter")
    has(keys, "2 records")
    keys.to("Remove Protein: P21").press("Enter")

    has(keys, "1 record")
    is_at(keys, "1 record")


def test_handles_and_typed_bounds_narrow_by_a_number(keys):
    keys.to("Hit rate, lowest").press(*["ArrowRight"] * 10).press("Tab")
    is_at(keys, "Hit rate, highest")
    keys.press(*["ArrowLeft"] * 10, "Enter")
    expect(keys.page.get_by_role("link", name="Remove Hit rate")).to_have_count(1)

    keys.to("Hit rate to").press("Control+A").write("3").press("Enter")

    has(keys, "2 records")
    is_at(keys, "Hit rate to")


def test_a_date_is_found_by_its_year_its_month_and_its_day(keys):
    for part, found in (("2024", "30 records"), ("March", "10 records"), ("4", "2 records")):
        keys.to(part).press("Space")
        has(keys, found)
        is_at(keys, part)


def test_results_are_sorted_shown_as_a_table_with_other_columns_and_paged(keys):
    keys.to("Sort").press("ArrowDown")
    expect(keys.page).to_have_url(re.compile("sort="))
    is_at(keys, "Sort")
    keys.to("Table").press("Enter")
    expect(keys.page.get_by_role("columnheader")).to_have_count(3)
    is_at(keys, "Table")

    keys.to("Columns").press("Enter").to("Made").press("Space").to("Show these columns").press("Enter")
    expect(keys.page.get_by_role("columnheader")).to_have_count(4)
    is_at(keys, "Columns")
    keys.to("Next").press("Enter")

    expect(keys.page).to_have_url(re.compile("page=2"))
    has(keys, "33 records")
    is_at(keys, "33 records")


def test_a_bar_of_a_chart_narrows_and_a_call_is_copied(keys):
    keys.to("Show as table: Protein").press("Enter").to("P01").press("Enter")
    has(keys, "1 record")

    keys.to("This search as an API call").press("Enter", "Tab", "ArrowRight", "ArrowRight").to("Copy").press("Enter")

    expect(keys.page.get_by_role("status")).to_have_text("Copied")
    assert keys.page.evaluate("navigator.clipboard.readText()").startswith("curl")


def test_a_record_is_read_copied_gone_on_from_and_left(keys):
    keys.to("Search Crystals").write("run").press("Enter")
    expect(keys.page).to_have_title(re.compile("^run"))
    keys.to("Run m").press("Enter")
    expect(keys.page.get_by_text("2 of 33 in your search")).to_be_visible()
    keys.to("Next").press("Enter")
    expect(keys.page.get_by_text("3 of 33 in your search")).to_be_visible()

    keys.to("JSON").press("Enter").to("Copy").press("Enter")
    expect(keys.page.get_by_role("status")).to_have_text("Copied")
    assert (
        json.loads(keys.page.evaluate("navigator.clipboard.readText()"))["title"]
        == keys.page.locator("h1").text_content()
    )
    keys.to("Previous", "Shift+Tab").press("Enter")
    expect(keys.page.get_by_text("2 of 33 in your search")).to_be_visible()
    keys.to("your search").press("Enter")

    has(keys, "33 records")


def told(keys, text):
    expect(keys.page.locator(".messages")).to_have_text(re.compile(text))


def test_a_role_is_given_and_taken_away(managing):
    keys = managing("roles")

    keys.to("Username").write("nobody here").press("Enter")
    expect(keys.page.get_by_role("textbox", name="Username")).to_have_value("nobody here")
    keys.to("Username").press("Control+A").write("bob").to("Group").press("Tab")
    is_at(keys, "Role")
    keys.press("ArrowUp").to("Give role").press("Enter")
    told(keys, "bob@vitrine.local has the role admin now.")

    keys.to("Withdraw the role admin of bob").press("Enter")
    told(keys, "bob@vitrine.local has the role admin no more.")
    expect(keys.page.get_by_role("row")).to_have_count(2)


def test_a_rebuild_is_started_and_looked_at_until_it_is_done(managing, shelf):
    keys = managing("settings")

    keys.to("Rebuild").press("Enter")
    expect(keys.page.get_by_text("A worker begins soon.")).to_be_visible()
    keys.to("Refresh")  # What has the focus is not exchanged.
    rebuild(index_id=str(shelf.pk))
    keys.press("Enter")

    expect(keys.page.get_by_role("button", name="Rebuild")).to_be_visible()
    shelf.refresh_from_db()
    assert shelf.generation == 2


def test_no_stop_is_a_trap_and_the_way_back_is_the_same(keys):
    there, back = [], []
    while not (at := keys.press("Tab").where())["isNowhere"]:
        there.append(at["name"])
        assert len(there) < MOST
    for _ in there:
        back.append(keys.press("Shift+Tab").where()["name"])

    assert (there[0], len(there) > 60) == ("Skip to content", True)
    assert back == there[::-1]
