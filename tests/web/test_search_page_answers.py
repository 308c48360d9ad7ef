"""What the search page says to words: where they matched, what is wrong with them, what to do if nothing is found."""

import pytest

from tests.web.conftest import entry
from tests.web.search_page import page, titles


def test_a_month_that_is_none_is_told_by_its_field(client, shelf):
    assert [fault.label for fault in page(client, "filter-month.made=2021-13").faults] == ["Made"]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("filter-range.rate=1,5--", "Hit rate"),
        ("filter-from.rate=abc", "Hit rate"),
        ("filter-from.made=2021-02-30", "Made"),
        ("page=nought", "Page"),
        ("limit=-1", "Records a page"),
        ("cursor=nonsense", "Place among the results"),
        ("q=%28&advanced=true", "Search"),
    ],
)
def test_a_malformed_value_is_told_by_its_field_and_the_page_is_usable(client, shelf, query, label):
    answer = client.get(f"/crystals/?{query}&filter.protein=PDL1")

    assert answer.status_code == 400
    assert [fault.label for fault in answer.context["page"].faults] == [label]
    assert [chip.text for chip in answer.context["page"].chips] == ["PDL1"]


def test_a_malformed_end_stays_in_its_box(client, shelf):
    html = client.get("/crystals/?filter-from.rate=1,5&filter-to.rate=9").content.decode()

    assert 'name="filter-from.rate" value="1,5"' in html
    assert 'name="filter-to.rate" value="9"' in html


def test_words_that_matched_are_marked(client, index, put, alice):
    put(index, alice, entry("r", notes="Crystals soaked <b>5</b> min"))

    html = client.get("/crystals/?q=soak").content.decode()

    assert "Crystals <mark>soaked</mark> &lt;b&gt;5&lt;/b&gt; min" in html


def test_a_misspelt_word_is_answered_with_a_word_that_is_there(client, shelf):
    found = page(client, "q=lysozime&limit=25")

    assert (found.did_you_mean.label, found.did_you_mean.url) == ("lysozyme", "/crystals/?q=lysozyme&limit=25")


def test_no_hits_tell_which_part_of_the_search_did_it(client, shelf, bob):
    query = "q=run&filter.protein=KRAS&filter-from.rate=50&filter-year.made=2022"
    client.force_login(bob)
    found = page(client, query)
    assert [(one.part, one.total_text) for one in found.culprits] == [
        ("Protein: KRAS", "1"),
        ("Hit rate: from 50 %", "1"),
        ("the words “run”", "0"),
        ("Made: 2022", "0"),
    ]
    assert titles(client.get(found.culprits[0].url).context["page"]) == ["Run d"]
    client.logout()
    assert {one.total for one in page(client, query).culprits} == {0}


def test_no_hits_come_with_ways_out(client, shelf):
    found = page(client, "q=nothing&filter.protein=PDL1&filter-exists.rate=false")

    assert {link.label: link.url for link in found.ways_out}["Clear all filters"] == "/crystals/?q=nothing"
    assert found.nothing == "No record matches “nothing” and the filters"


def test_what_no_control_shows_is_kept_by_the_form(client, shelf):
    found = page(client, "filter-not.protein=KRAS&filter.title=Run+a&filter.protein=PDL1&view=x&page=1")

    assert found.hidden == (("filter-not.protein", "KRAS"), ("filter.title", "Run a"), ("view", "x"))
