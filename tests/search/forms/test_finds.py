"""What people type and click, asked of the embedded engine."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.backends.tantivy import TantivyBackend
from apps.search.errors import InvalidQuery, QueryTooExpensive
from apps.search.forms import advanced, document, simple, url
from apps.search.forms.url_query import request
from apps.search.types import Query, Store
from tests.search.makers import record
from tests.search.shelf import Shelf

PAPER = {
    "title": "Lysozyme at room temperature",
    "doi": "10.1107/S2059798318-x",
    "file": "/data/2021/run_07.h5",
    "resolution": 1.5,
    "collected": "2021-04-30 18:03:11",
    "pdb": "1E10",
    "is_public": True,
}
OTHER = {
    "title": "Insulin",
    "abstract": "Lysozyme at room temperature, compared; room for lysozyme",
    "resolution": -2,
    "collected": "2020-12-31",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    store = Store("forms", generation=1)
    shelf = Shelf(TantivyBackend(folder=tmp_path_factory.mktemp("engine")), store)
    shelf.backend.create(store)
    shelf.put(record("paper", PAPER, exact=["lysozyme at room temperature"]), record("other", OTHER))
    return shelf


def found(shelf, query):
    return [hit.subject for hit in shelf.ask(query).hits]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("temperature lysozyme", {"other", "paper"}),
        ('"room temperature" 1E10', {"paper"}),
        ("10.1107/S2059798318-x", {"paper"}),
        ("/data/2021/run_07.h5", {"paper"}),
        ("run_07", {"paper"}),
        ("insul*", {"other"}),
        ("other", {"other"}),
        ("*", {"other", "paper"}),
        ("", {"other", "paper"}),
        ("???", set()),
        ("lysozyme (", {"paper", "other"}),
    ],
)
def test_simple_text_finds_the_obvious(shelf, text, subjects):
    assert set(found(shelf, Query(text=simple.read(text).clause))) == subjects


def test_the_exact_title_comes_first(shelf):
    assert found(shelf, Query(text=simple.read("Lysozyme at room temperature").clause)) == ["paper", "other"]
    assert found(shelf, Query(text=simple.read("Lysozyme room").clause)) == ["other", "paper"]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("title:lysozyme", {"paper"}),
        ("lysozyme NOT insulin", {"paper"}),
        ("resolution:1.5", {"paper"}),
        ("resolution:-2", {"other"}),
        ("resolution:[-5 TO 0]", {"other"}),
        ("collected:2021", {"paper"}),
        ("collected:[2020 TO 2020]", {"other"}),
        ("collected:>2020", {"paper"}),
        ("is_public:true", {"paper"}),
        ("pdb:1e10", {"paper"}),
        ("doi:10.1107/S20*", {"paper"}),
        ("lysosyme~", {"paper", "other"}),
        ("_exists_:abstract OR file:*", {"paper", "other"}),
        ('"room lysozyme"~3', {"other"}),
    ],
)
def test_advanced_text_finds_what_it_says(shelf, text, subjects):
    assert set(found(shelf, Query(text=advanced.read(text).clause))) == subjects


@pytest.mark.parametrize(
    ("query_string", "subjects"),
    [
        ("filter.pdb=1E10", {"paper"}),
        ("filter.resolution=1.5", {"paper"}),
        ("filter.is_public=True", {"paper"}),
        ("filter-not.pdb=1E10", {"other"}),
        ("filter-year.collected=2020", {"other"}),
        ("filter-range.collected=2021-04-30--2021-04-30", {"paper"}),
        ("filter-range.resolution=*---1", {"other"}),
        ("filter-exists.abstract=false", {"paper"}),
    ],
)
def test_a_filter_of_a_url_finds_what_it_says(shelf, query_string, subjects):
    assert set(found(shelf, request(url.parse(query_string)).query)) == subjects


_PIECES = (*'ab:*?~^()"\\/+-<>=. 12', "title:", "collected:[2020 TO ", "]", " OR ", " NOT ", "resolution:>", "lyso")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), st.booleans())
def test_whatever_is_typed_the_engine_answers(shelf, text, is_advanced):
    with suppress(InvalidQuery, QueryTooExpensive):
        asked = document.search({"q": text, "advanced": is_advanced, "facets": [{"field_name": "title"}]})
        assert shelf.ask(asked.query).total >= 0
