"""Results as a table: the visitor chooses columns, their order, and what they are sorted by."""

import pytest

from tests.web.conftest import entry


def context(client, query=""):
    return client.get(f"/crystals/?{query}").context


def headings(table):
    return [heading.label for heading in table.headings]


def test_the_address_says_whether_it_is_a_table(client, shelf):
    cards, table = context(client, "q=run&page=1"), context(client, "q=run&view=table")

    assert (cards["table"], cards["views"].table_url) == (None, "/crystals/?q=run&view=table")
    assert (headings(table["table"]), table["views"].cards_url) == (["Protein", "Hit rate"], "/crystals/?q=run")


def test_a_row_has_a_cell_for_each_column_with_or_without_a_value(client, shelf):
    table = context(client, "view=table&filter.protein=Lysozyme&sort=title")["table"]

    assert [[cell.fact and cell.fact.brief for cell in row.cells] for row in table.rows] == [
        ["Lysozyme", "21"],
        ["Lysozyme", None],
    ]
    assert [(head.unit, head.is_number) for head in table.headings] == [("", False), ("%", True)]


@pytest.mark.parametrize("query", ["columns=made,protein,notes", "columns=made&columns=protein&columns=notes&columns="])
def test_columns_are_chosen_and_ordered_by_the_address(client, shelf, query):
    found = context(client, f"view=table&{query}")

    assert headings(found["table"]) == ["Made", "Protein", "Notes"]
    assert found["views"].cards_url == "/crystals/?columns=made%2Cprotein%2Cnotes"
    assert ("columns", "made,protein,notes") not in found["page"].hidden


def test_columns_are_moved_by_links(client, shelf):
    options = context(client, "view=table&columns=made,protein")["table"].options

    assert [(one.label, one.is_chosen) for one in options] == [("Made", True), ("Protein", True), ("Hit rate", False)]
    assert [one.earlier_url for one in options] == ["", "/crystals/?view=table&columns=protein%2Cmade", ""]
    assert headings(context(client, options[0].later_url.partition("?")[2])["table"]) == ["Protein", "Made"]


def test_the_proposed_columns_are_not_written_into_addresses(client, shelf):
    views = context(client, "view=table&columns=protein&columns=rate")["views"]

    assert (views.table_url, views.cards_url) == ("/crystals/?view=table", "/crystals/")


def test_a_heading_sorts_and_turns_the_order_round(client, shelf):
    rate = context(client, "view=table&page=1")["table"].headings[1]
    again = context(client, rate.sort_url.partition("?")[2])["table"].headings[1]

    assert (rate.sort, rate.sort_url) == ("", "/crystals/?sort=-rate&view=table")
    assert (again.sort, again.sort_url) == ("descending", "/crystals/?sort=rate&view=table")


def test_an_order_that_a_heading_asked_for_has_a_name(client, shelf):
    sorts = context(client, "view=table&sort=protein")["page"].sorts

    assert [choice.label for choice in sorts if choice.is_chosen] == ["Protein, ascending"]


def test_what_matched_stands_in_a_column(client, index, put, alice):
    put(index, alice, entry("r", notes="Crystals soaked"), entry("s"))

    table = context(client, "view=table&q=soak")["table"]

    assert (table.has_snippets, table.rows[0].snippet.label) == (True, "Notes")


def test_cards_keep_the_columns_for_later(client, shelf):
    assert ("columns", "made") in context(client, "columns=made")["page"].hidden
