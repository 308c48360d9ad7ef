"""The search page: what is found, counted and paged, all of it in the address."""

import ast
import json

import pytest

from apps.search import services as search
from tests.web.conftest import entry
from tests.web.search_page import page, titles


def test_each_visitor_finds_what_is_theirs(client, shelf, alice, bob, charlie):
    def total(user):
        client.force_login(user) if user else client.logout()
        return page(client).count

    assert [total(user) for user in (None, charlie, bob, alice)] == ["3 records", "3 records", "5 records", "6 records"]


def test_what_is_hidden_shows_nowhere_on_the_page(client, shelf, charlie):
    client.force_login(charlie)

    for query in (
        "",
        "q=secretase",
        "facet=protein",
        "facet=protein&facet-contains=secret",
        "filter.protein=KRAS&q=zzz",
    ):
        html = client.get(f"/crystals/?{query}").content.decode().replace(f"?{query}", "")
        assert "Run f" not in html
        assert 'value="KRAS"> <span>KRAS</span> <data value="1"' not in html
        assert "secretase</span>" not in html


def test_pages_go_on_by_number(client, index, put, alice):
    put(index, alice, *(entry(f"{n:03}") for n in range(35)))

    second = page(client, "page=2&sort=title")

    assert second.pager.text == "11 to 20 of 35"
    assert [link.label for link in second.pager.links] == ["1", "2", "3", "4"]
    assert (second.pager.previous_url, second.pager.next_url) == (
        "/crystals/?sort=title",
        "/crystals/?sort=title&page=3",
    )


def test_pages_go_on_by_cursor_behind_the_last_number(client, index, put, alice, monkeypatch):
    monkeypatch.setattr("apps.web.results.pager.MAX_WINDOW", 20)
    put(index, alice, *(entry(f"{n:03}") for n in range(35)))

    at, seen = "/crystals/?sort=title", []
    while at:
        found = client.get(at).context["page"]
        seen += titles(found)
        at = found.pager.next_url

    assert seen == [f"Run {n:03}" for n in range(35)]


def test_the_same_address_answers_json_as_the_api_does(client, shelf, bob):
    client.force_login(bob)
    query = "q=run&filter.protein=PDL1"
    by_api = client.get(f"/api/search/v1/index/{shelf.id}/search?{query}").json()

    assert client.get(f"/crystals/?{query}&format=json").json() == by_api
    assert client.get(f"/crystals/?{query}", headers={"accept": "application/json"}).json() == by_api
    assert (by_api["total"], client.get("/crystals/?sort=&limit=x&format=json").status_code) == (2, 400)


def test_a_page_shows_itself_as_calls_that_find_the_same(client, shelf):
    api = page(client, "q=run&filter.protein=Lysozyme&filter-from.rate=1").api

    by_document = client.post(
        f"/api/search/v1/index/{shelf.id}/search", api.document, content_type="application/json"
    ).json()
    assert client.get(api.href).json()["total"] == by_document["total"] == 1
    assert api.curl.startswith('curl -H "Authorization: Bearer $TOKEN" \'')
    called = ast.parse(api.python).body[2].value
    assert ast.literal_eval(called.args[1]) == json.loads(api.document)


def test_the_index_is_found_by_its_uuid_and_not_by_those_who_may_not_see_it(client, shelf, alice, charlie):
    assert client.get(f"/{shelf.id}/").status_code == 200
    hidden = search.create_index(actor=alice, display_name="Plans", slug="plans", visible_to=())
    client.force_login(charlie)

    assert [client.get(f"/{name}/").status_code for name in ("plans", hidden.id, "nowhere")] == [404, 404, 404]


def test_an_index_says_what_its_box_is_for_and_what_counts_more(client, index, alice, put):
    put(index, alice, entry("a", note="lysozyme lysozyme lysozyme"), entry("b", protein="Lysozyme", note="other words"))
    before = titles(page(client, "q=lysozyme"))
    declared = {
        **index.presentation,
        "intro": "Runs <b>of</b> the beamline",
        "placeholder": "Protein or note",
        "boosts": [{"path": "protein", "factor": 50}],
    }
    search.present(index=index, actor=alice, document=declared)

    html = client.get("/crystals/?q=lysozyme").content.decode()
    assert 'placeholder="Protein or note"' in html
    assert "Runs &lt;b&gt;of&lt;/b&gt; the beamline" in html
    assert (before, titles(page(client, "q=lysozyme"))) == (["Run a", "Run b"], ["Run b", "Run a"])


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_page_of_fifty_records_and_ten_facets_takes_few_questions_to_the_database(
    client, index, alice, put, django_assert_max_num_queries, is_signed_in
):
    words = [{"path": f"word{n}", "label": f"Word {n}"} for n in range(5)]
    numbers = [{"path": f"number{n}", "label": f"Number {n}", "kind": "number"} for n in range(5)]
    search.present(index=index, actor=alice, document={**index.presentation, "facets": [*words, *numbers]})
    content = {f"word{n}": f"w{n}" for n in range(5)} | {f"number{n}": n for n in range(5)}
    put(index, alice, *(entry(f"r{n:02}", **content) for n in range(60)))
    if is_signed_in:
        client.force_login(alice)
    client.get("/crystals/")

    with django_assert_max_num_queries(9):
        found = page(client, "limit=50&q=run")
    assert (len(found.hits), len(found.facets)) == (50, 10)


def test_a_script_is_given_the_part_that_changes_and_nothing_else(client, shelf):
    whole = client.get("/crystals/?q=run")
    part = client.get("/crystals/?q=run", headers={"hx-request": "true"})
    back = client.get("/crystals/?q=run", headers={"hx-request": "true", "hx-history-restore-request": "true"})

    assert part.content.strip().startswith(b"<title>run \xc2\xb7 Crystals \xc2\xb7 Vitrine</title>")
    assert b"<html" not in part.content
    assert part.content.count(b"<form") == 1
    assert len(whole.content) == len(back.content) > len(part.content)
    assert "HX-Request" in whole["Vary"]
