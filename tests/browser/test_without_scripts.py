"""All of a search works where no script runs: boxes, bounds, dates and menus are a form, and it has its buttons."""

from playwright.sync_api import expect


def found(page, text):
    expect(page.get_by_role("heading", level=2, name=text)).to_be_visible()


def test_a_search_is_narrowed_and_widened_again(visit):
    page = visit("/crystals/", script=False)

    page.get_by_role("link", name="Exclude PDL1").click()
    found(page, "2 records")
    page.get_by_role("link", name="Include PDL1").click()
    found(page, "3 records")
    page.get_by_role("link", name="Exclude missing").click()
    found(page, "2 records")
    page.get_by_role("link", name="Clear all").first.click()
    found(page, "3 records")


def test_bounds_and_dates_are_typed(visit):
    page = visit("/crystals/", script=False)

    page.get_by_label("Hit rate from").fill("10")
    page.get_by_role("button", name="Apply filters").click()
    found(page, "1 record")
    page.get_by_role("link", name="Clear all").first.click()
    page.get_by_label("Made from").fill("2021-01-01")
    page.get_by_role("button", name="Apply filters").click()

    found(page, "2 records")
    expect(page.get_by_label("Made from")).to_have_value("2021-01-01")


def test_order_and_length_of_a_page_have_buttons(visit):
    page = visit("/crystals/", script=False)

    page.get_by_label("Sort").select_option(label="Hit rate, highest first")
    page.get_by_role("button", name="Sort").click()
    expect(page.get_by_role("heading", level=3).filter(has_text="Run").first).to_have_text("Run b")
    page.get_by_label("Records a page").select_option("25")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_label("Records a page")).to_have_value("25")


def test_with_a_script_these_buttons_are_not_there(visit):
    page = visit("/crystals/")

    expect(page.get_by_role("button", name="Sort")).to_have_count(0)
