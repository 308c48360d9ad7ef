"""The number 1 and the text "1" are one value of a page, because a choice finds both; its count says so."""

import pytest

from apps.web.facets.facet import spelled
from tests.web.conftest import PRESENTATION, entry

GRID = {"type": "grid", "path": "code", "across": "is_open"}
CODES = {
    **PRESENTATION,
    "facets": [{"path": "code", "label": "Code"}, {"path": "is_open", "label": "Open"}],
    "charts": [{"type": "bars", "path": "code", "label": "Bars"}, {**GRID, "label": "Grid"}],
}


@pytest.fixture
def codes(index, put, alice):
    """Two kinds of writers: some write 1 and true, some "1" and "true", and one writes both."""
    index.presentation = CODES
    index.save()
    ones = [entry(f"n{n}", code=1, is_open=True) for n in range(3)]
    texts = [entry("t", code="1", is_open="true"), entry("both", code=[1, "1"], is_open=[True, "true"])]
    put(index, alice, *ones, *texts, *(entry(f"c{n:02}{m}", code=f"C{n:02}") for n in range(12) for m in "xyzuvw"))
    return index


def options(client, query=""):
    facets = client.get(f"/crystals/?{query}").context["page"].facets
    return [{option.label: option.count for option in facet.options if option.count < 6} for facet in facets]


def test_a_value_counts_the_records_that_choosing_it_finds(client, codes):
    assert options(client, "filter.is_open=true") == [{"1": 5}, {"true": 5}]
    assert client.get("/crystals/?filter.code=1").context["page"].count == "5 records"


def test_a_chosen_value_that_is_not_among_the_first_counts_so_too(client, codes):
    assert options(client, "filter.code=1") == [{"1": 5}, {"true": 5}]


def test_it_is_one_bar_and_one_row(client, codes):
    bars, grid = client.get("/crystals/?filter.is_open=true").context["charts"]

    assert [(row.label, row.cells[0].count) for row in bars.table.rows] == [("1", 5)]
    assert (grid.table.head, [(row.label, row.cells[0].count) for row in grid.table.rows]) == (
        ("Code", "true"),
        [("1", 5)],
    )


def test_it_is_one_line_among_all_values(client, codes):
    page = client.get("/crystals/?facet=code&filter.is_open=true").context["page"]

    assert [(option.label, option.count) for option in page.options] == [("1", 5)]


@pytest.mark.parametrize("order", ["", "&facet-order=value"])
def test_it_is_one_line_of_one_page_among_many_values(client, index, put, alice, order):
    many = [f"!{n:03}" for n in range(110)]
    put(index, alice, *(entry(f"n{n}", protein=[1, True, *many]) for n in range(2)))
    put(index, alice, entry("t", protein="1"), entry("b", protein=["true", "~"]))

    pages = [client.get(f"/crystals/?facet=protein&facet-page={n}{order}").context["page"] for n in (1, 2)]

    lines = [(option.label, option.count) for page in pages for option in page.options]
    assert sorted(lines) == sorted([("1", 3), ("true", 3), ("~", 1), *((one, 2) for one in many)])
    assert lines.index(("1", 3)) == 0


def test_a_search_among_all_values_finds_the_text_that_stands_behind_its_number(client, index, put, alice):
    put(index, alice, *(entry(f"n{n}", protein=1) for n in range(2)), entry("t", protein=["1", *range(200)]))

    page = client.get("/crystals/?facet=protein&facet-contains=1").context["page"]

    assert [(option.label, option.count) for option in page.options] == [("1", 3)]


def test_a_whole_number_is_written_as_one_whichever_engine_counts_it():
    assert [spelled(2.0**53), spelled(2**53), spelled(-0.0), spelled(2.5)] == [str(2**53), str(2**53), "0", "2.5"]
