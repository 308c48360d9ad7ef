"""The results as charts, as a table, and as files."""

import pytest
from playwright.sync_api import expect


def test_a_bar_narrows_the_search(visit):
    page = visit("/crystals/")

    page.locator(".chart a:has(title:text-is('Lysozyme: 2'))").click()

    expect(page.get_by_role("heading", level=2, name="2 records")).to_be_visible()
    expect(page.get_by_role("link", name="Remove Protein: Lysozyme")).to_be_visible()


def test_the_table_of_a_chart_has_the_same_links(visit):
    page = visit("/crystals/", script=False)

    page.get_by_text("Show as table: Made").click()
    page.get_by_role("region", name="Made, table").get_by_role("link", name="2020").click()

    expect(page.get_by_role("heading", level=2, name="1 record")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_columns_are_chosen_and_moved(visit, script):
    page = visit("/crystals/", script=script)
    page.get_by_role("link", name="Table").click()

    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Made").last.check()
    page.get_by_role("button", name="Show these columns").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Record", "Protein", "Hit rate, %", "Made"])
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("link", name="Move Made earlier").click()

    expect(page.get_by_role("columnheader")).to_have_text(["Record", "Protein", "Made", "Hit rate, %"])


def test_a_heading_sorts(visit):
    page = visit("/crystals/?view=table")

    page.get_by_role("columnheader", name="Hit rate").get_by_role("link").click()

    expect(page.get_by_role("columnheader", name="Hit rate")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("rowheader")).to_have_text(["Run b", "Run a", "Run c"])


def test_the_hits_are_downloaded(visit):
    page = visit("/crystals/?filter.protein=PDL1")

    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()

    assert download.value.suggested_filename.endswith(".csv")
    assert download.value.path().read_text().splitlines()[1] == "a,Run a,PDL1,5.5"


def test_results_are_printed_black_on_white_without_what_is_to_be_pressed(visit):
    page = visit("/crystals/?filter.protein=PDL1", scheme="dark")

    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Run a")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("body")).to_have_css("color", "rgb(21, 32, 30)")
