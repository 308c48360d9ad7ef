"""The board of a record: it follows what is measured without a hand on the page, and tells when there is enough."""

import pytest
from playwright.sync_api import expect

from apps.web.links import record_url
from tests.browser.conftest import faults
from tests.web.conftest import entry

LOOKS = [(1440, "light"), (390, "dark")]
RECORD = record_url("crystals", "chip")
NEWS_MS = 20_000


@pytest.fixture
def measure(put, shelf, alice):
    """So many images of 1,000 are looked at, a half of them hits; 300 of these are enough."""

    def measure(images, version):
        rates = [50 if 100 * at < images else None for at in range(10)]
        bars = [{"label": f"{100 * at} to {100 * at + 99}", "value": rate} for at, rate in enumerate(rates)]
        board = {
            "is_over": images == 1000,
            "counts": [{"label": "Images", "value": images, "of": 1000}],
            "goal": {"label": "hits", "value": images // 2, "enough": 300},
            "charts": [{"label": "Hit rate", "axis": "Images", "unit": "%", "bars": bars}],
        }
        put(shelf, alice, entry("chip", board=board, dc={"version": str(version)}))

    return measure


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_board_is_drawn_anew_while_one_looks_at_it(visit, measure, width, scheme):
    measure(400, 1)
    page = visit(RECORD, width=width, scheme=scheme)
    expect(page.get_by_text("200 of 300 hits: 66 %")).to_be_visible()
    page.get_by_text("Show as table").click()
    assert faults(page) == []

    measure(700, 2)

    expect(page.locator("#board").get_by_text("Enough data")).to_be_visible(timeout=NEWS_MS)
    expect(page.get_by_role("status")).to_have_text("Goes on, enough data")
    expect(page.get_by_role("row", name="600 to 699")).to_be_visible()  # what was unfolded stays so
    expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
    assert faults(page) == []

    measure(1000, 3)

    expect(page.locator("#board").get_by_text("Over")).to_be_visible(timeout=NEWS_MS)
    expect(page.locator("[data-follow]")).to_have_count(0)
    assert faults(page) == []


def test_without_scripts_a_link_brings_the_news(visit, measure):
    measure(400, 1)
    page = visit(RECORD, script=False)
    expect(page.locator("#board")).to_contain_text("400 of 1,000")

    measure(700, 2)
    page.get_by_role("link", name="Refresh").click()

    expect(page.locator("#board")).to_contain_text("700 of 1,000")
    assert faults(page) == []
