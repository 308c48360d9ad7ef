"""Whatever stands in an address, a page answers: with a message, never with a failure."""

import pytest

from tests.web.conftest import entry

QUERIES = [
    "q=%00",
    "q=%ff%fe",
    "q=" + "x" * 5000,
    "q=%22%28%2A%3A%5B",
    "q=" + "%28" * 500 + "&advanced=true",
    "q=*&advanced=true",
    "limit=0",
    "limit=10000",
    "page=10000",
    "page=10001",
    "page=5&limit=25",
    "offset=7",
    "sort=no.such.path",
    "sort=-,,-",
    "facet=no.such.path",
    "facet=rate",
    "facet=made",
    "facet=title:99999999",
    "facet=protein&facet-page=99999999999999999999",
    "facet=protein&facet-page=-1&facet-contains=%00",
    "facet=protein&facet-page=%C2%B2",
    "filter.=x",
    "filter.protein=",
    "filter-range.rate=--",
    "filter-range.rate=9--1",
    "filter-range.rate=1e999--",
    "filter-range.rate=nan--inf",
    "filter-year.made=0",
    "filter-year.made=99999",
    "filter-exists.rate=perhaps",
    "filter-like.title=" + "*" * 200,
    "cursor=x",
    "cursor=bnVsbA",
    "filter_principal_sets=x",
    "format=xml",
    "bypass_visible_to=true",
    "view=table&columns=%00,,\\,no.such.path&columns=" + "x" * 2000,
    "view=table&columns=" + ",".join(f"c{n}" for n in range(2000)),
    "view=chairs&as=csv",
    "filter-range.rate=5--<",
    "filter-range.rate=<1--<x&filter-range.rate=1--2&filter-range.rate=3--<4",
    "filter-range.rate=2020-01--2021&filter-exists.rate=no",
    "&".join(f"a{n}=1" for n in range(3000)),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_no_query_string_breaks_the_page(client, shelf, query):
    answer = client.get(f"/crystals/?{query}")

    assert answer.status_code in {200, 400, 401, 403}
    assert b"</html>" in answer.content


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_no_query_string_breaks_a_file(client, shelf, query):
    answer = client.get(f"/crystals/download/?{query}&as=csv")

    assert answer.status_code in {200, 400, 401, 403}
    assert not answer.streaming or b"".join(answer.streaming_content).startswith(b"Subject,Title")


@pytest.mark.parametrize(
    "path", ["/%00/", "/crystals/detail/%00/", "/%ff/", "/crystals/detail/%ff/", "/" + "x" * 3000 + "/"]
)
def test_no_path_breaks_the_page(client, shelf, path):
    assert client.get(path).status_code == 404


def test_numbers_at_the_ends_of_what_a_double_holds_are_drawn(client, index, put, alice):
    put(index, alice, *(entry(str(n), rate=rate) for n, rate in enumerate((-1.7e308, 5e-324, 0, 1.7e308))))

    assert client.get("/crystals/").status_code == 200


def test_a_page_asks_the_database_little(client, shelf, alice, django_assert_max_num_queries):
    client.force_login(alice)

    with django_assert_max_num_queries(10):
        client.get("/crystals/?q=run&filter.protein=PDL1")
