"""S10 to S12, S14 and S16 by the unmodified SDK: questions, pages of them, and single records."""

import pytest
from globus_sdk import SearchAPIError, SearchQueryV1, SearchScrollQuery

from tests.api.oracle import BUCKETS, ERROR, SCROLLED, differences, fixture, record
from tests.search.conftest import entry

pytestmark = pytest.mark.usefixtures("shelf")


def subjects(found):
    return [one["subject"] for one in found["gmeta"]]


def test_a_search_by_url_answers_as_the_clients_expect(sdk, index):
    found = sdk().search(index.pk, "lysozyme")

    assert differences(found.data, fixture("search")) == []
    assert (found["total"], found["count"], found["offset"], found["has_next_page"]) == (2, 2, 0, False)
    assert set(subjects(found)) == {"sub/1", "sub/2"}
    assert found["gmeta"][0]["entries"][0].keys() == {"content", "entry_id", "matched_principal_sets"}


def test_a_search_by_url_has_pages(sdk, index):
    found = sdk().search(index.pk, "*", limit=1, offset=2)

    assert (found["total"], found["count"], found["offset"], found["has_next_page"]) == (4, 1, 2, True)


def test_an_advanced_text_is_lucene(sdk, index):
    found = sdk().search(index.pk, "title:lysozyme AND NOT title:dry", advanced=True)

    assert subjects(found) == ["sub/1"]


def test_an_admin_sees_all_who_says_so(sdk, index, charlie, grant):
    grant(charlie, "admin")
    client = sdk(charlie)

    found = client.search(index.pk, "*", query_params={"bypass_visible_to": True})

    assert (client.search(index.pk, "*")["total"], found["total"]) == (4, 5)


def test_a_search_by_document_answers_as_the_clients_expect(sdk, index):
    found = sdk().post_search(index.pk, {"q": "lysozyme"}, limit=1)

    assert differences(found.data, fixture("post_search")) == []
    assert (found["total"], found["count"], found["has_next_page"]) == (2, 1, True)


def test_the_helper_of_the_first_version_is_understood(sdk, index):
    query = SearchQueryV1(
        q="*",
        limit=2,
        filters=[{"type": "range", "field_name": "made", "values": [{"from": "2021-05-01", "to": "*"}]}],
        post_facet_filters=[{"type": "match_any", "field_name": "kind", "values": ["map"]}],
        facets=[{"name": "Kinds", "field_name": "kind", "type": "terms"}],
        sort=[{"field_name": "made", "order": "desc"}],
        boosts=[{"field_name": "title", "factor": 2}],
    )

    found = sdk().post_search(index.pk, query)

    assert differences(found["facet_results"], [BUCKETS]) == []
    assert subjects(found) == ["sub/5", "sub/3"]
    assert [(one["value"], one["count"]) for one in found["facet_results"][0]["buckets"]] == [("map", 2), ("run", 1)]


def test_a_scroll_answers_as_the_clients_expect(sdk, index):
    client = sdk()

    first = client.scroll(index.pk, SearchScrollQuery("*", limit=3))
    second = client.scroll(index.pk, SearchScrollQuery("*", limit=3), marker=first["marker"])

    assert differences(first.data, SCROLLED | {"marker": ""}) == []
    assert subjects(first) + subjects(second) == ["sub/1", "sub/2", "sub/3", "sub/5"]
    assert (first["has_next_page"], second["has_next_page"]) == (True, False)


def test_the_paginators_come_to_their_ends(sdk, index):
    client = sdk()
    everything = {"sub/1", "sub/2", "sub/3", "sub/5"}

    by_url = {one["subject"] for one in client.paginated.search(index.pk, "*").items()}
    by_document = {one["subject"] for one in client.paginated.post_search(index.pk, {"q": "*"}).items()}
    by_scroll = [one["subject"] for one in client.paginated.scroll(index.pk, {"q": "*", "limit": 1}).items()]

    assert by_url == by_document == everything
    assert by_scroll == sorted(everything)


def test_a_paginator_gives_each_record_once(sdk, index, put):
    put(*(entry(f"number/{number:03}", title="A number") for number in range(120)))

    pages = [page["count"] for page in sdk().paginated.search(index.pk, "number").pages()]
    found = [one["subject"] for one in sdk().paginated.post_search(index.pk, {"q": "number"}).items()]

    assert pages == [100, 20]
    assert len(found) == len(set(found)) == 120


def test_a_subject_is_told_whole(sdk, index, alice):
    told = sdk(alice).get_subject(index.pk, "sub/5")

    assert differences(told.data, record()) == []
    assert [one["entry_id"] for one in told["entries"]] == [None, "notes"]
    assert told["entries"][0]["content"]["title"] == "Thaumatin"


def test_a_subject_has_only_the_entries_that_one_sees(sdk, index):
    assert [one["entry_id"] for one in sdk().get_subject(index.pk, "sub/5")["entries"]] == [None]


def test_an_entry_is_told_alone(sdk, index, alice):
    client = sdk(alice)

    null, notes = client.get_entry(index.pk, "sub/5"), client.get_entry(index.pk, "sub/5", entry_id="notes")

    assert differences(null.data, record()) == differences(notes.data, record()) == []
    assert [one["entry_id"] for told in (null, notes) for one in told["entries"]] == [None, "notes"]


@pytest.mark.parametrize("ask", ["get_subject", "get_entry"])
def test_what_is_hidden_is_as_what_is_not_there(sdk, index, ask):
    told = []
    for subject in ("sub/4", "sub/none"):
        with pytest.raises(SearchAPIError) as refused:
            getattr(sdk(), ask)(index.pk, subject)
        told.append(refused.value.raw_json | {"request_id": ""})

    assert told[0] == told[1]
    assert differences(told[0], ERROR) == []
    assert (told[0]["status"], told[0]["code"]) == (404, "NotFound.Generic")
