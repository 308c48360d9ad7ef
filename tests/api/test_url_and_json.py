"""What a document can ask, a link can ask too, and is answered the same; each version of the document has its ways."""

import pytest

from apps.search.forms import url, url_document

pytestmark = pytest.mark.usefixtures("shelf")
V1 = "query#1.0.0"


def match(path, *values, kind="match_any", **more):
    return {"type": kind, "field_name": path, "values": list(values), **more}


def between(path, **bounds):
    return {"type": "range", "field_name": path, "values": [bounds]}


def subjects(found):
    return [one["subject"] for one in found["gmeta"]]


def buckets(found, at=0):
    return {one["value"]: one["count"] for one in found["facet_results"][at]["buckets"]}


SAME = [
    ("q=lysozyme", {"q": "lysozyme"}),
    ("q=%22lysozyme+dry%22", {"q": '"lysozyme dry"'}),
    ("q=title:dry&advanced=True", {"q": "title:dry", "advanced": True}),
    ("q=*&limit=2&offset=1", {"q": "*", "limit": 2, "offset": 1}),
    ("q=*&limit=2&page=2", {"q": "*", "limit": 2, "offset": 2}),
    ("limit=0", {"q": "", "limit": 0}),
    ("sort=-rate", {"q": "*", "sort": [{"field_name": "rate"}]}),
    ("sort=kind,-rate", {"q": "*", "sort": [{"field_name": "kind", "order": "asc"}, {"field_name": "rate"}]}),
    ("filter.kind=run", {"filters": [match("kind", "run")]}),
    ("filter.made=2021-04-30&filter.made=2022-01-01", {"filters": [match("made", "2021-04-30", "2022-01-01")]}),
    ("filter-match-any.tags=hot", {"filters": [match("tags", "hot")]}),
    (
        "filter-match-all.tags=hot&filter-match-all.tags=cold",
        {"filters": [match("tags", "hot", "cold", kind="match_all")]},
    ),
    ("filter-not.kind=run", {"filters": [{"type": "not", "filter": match("kind", "run")}]}),
    ("filter-range.rate=2--10", {"filters": [between("rate", **{"from": 2, "to": 10})]}),
    ("filter-range.made=2021-05-01--*", {"filters": [between("made", gte="2021-05-01")]}),
    ("filter-range.made=*--2021-04", {"filters": [between("made", to="2021-04-30")]}),
    ("filter-year.made=2021", {"filters": [between("made", **{"from": "2021-01-01", "to": "2021-12-31"})]}),
    ("filter-month.made=2021-04", {"filters": [between("made", **{"from": "2021-04-01", "to": "2021-04-30"})]}),
    ("filter-day.made=2021-04-30", {"filters": [between("made", **{"from": "2021-04-30", "to": "2021-04-30"})]}),
    ("filter-exists.rate=true", {"filters": [{"type": "exists", "field_name": "rate"}]}),
    ("filter-exists.rate=0", {"filters": [{"type": "not", "filter": {"type": "exists", "field_name": "rate"}}]}),
    ("filter-like.title=*zyme*", {"filters": [{"type": "like", "field_name": "title", "value": "*zyme*"}]}),
    ("filter.is_good=true", {"filters": [match("is_good", True)]}),
    ("q=*&fields=title,rate", {"q": "*", "fields": ["title", "rate"]}),
    ("q=lysozyme&highlight=1", {"q": "lysozyme", "highlight": True}),
    ("q=lysosyme&suggest=True", {"q": "lysosyme", "suggest": True}),
    ("q=*&facet=kind&facet=tags:1", {"q": "*", "facets": [{"field_name": "kind"}, {"field_name": "tags", "size": 1}]}),
]


@pytest.mark.parametrize(("link", "document"), SAME, ids=[link for link, _ in SAME])
def test_a_link_is_answered_as_the_document(ask, alice, link, document):
    for version in (None, V1):
        for person in (None, alice):
            by_link, by_document = ask(link, person), ask(document, person, version=version)

            assert by_link.pop("cursor", "") == "" or by_document.get("cursor")
            assert by_link == {key: value for key, value in by_document.items() if key != "cursor"}


MORE = [
    "filter.kind=run&filter.tags=cold&facet=kind&facet=tags",
    "filter.kind=run&filter-exists.kind=false&facet=rate",
    "filter-range.rate=2--2021&filter-like.title=l*&filter-like.title=s*",
    "filter-range.made=2020--2022&filter-second.made=2021-04-30T12:00:00",
    "filter-match-all.tags=hot&facet=tags&q=lysozyme&sort=-made&limit=1",
]


@pytest.mark.parametrize("link", [*(link for link, _ in SAME), *MORE])
def test_the_document_of_a_link_is_answered_as_the_link(ask, alice, link):
    document = url_document.document(url.parse(link))

    for person in (None, alice):
        by_link, by_document = ask(link, person), ask(document, person)
        assert {**by_link, "cursor": ""} == {**by_document, "cursor": ""}


def test_these_links_do_narrow(ask):
    found = {link: ask(link)["total"] for link, _ in SAME if "filter" in link}

    assert all(0 < total < 4 for total in found.values()), found


def test_a_choice_in_a_link_leaves_the_counts_of_its_own_facet(ask):
    found = ask("filter.kind=run&filter.tags=cold&facet=kind&facet=tags")

    assert subjects(found) == ["sub/1"]
    assert buckets(found, 0) == {"run": 1}
    assert buckets(found, 1) == {"hot": 2, "cold": 1}


def test_a_form_may_send_a_range_in_two_boxes(ask):
    assert subjects(ask("filter-from.rate=2&filter-to.rate=9")) == ["sub/2"]
    assert subjects(ask("filter-from.made=2022-12-31&filter-to.made=")) == ["sub/5"]


FACET = {"q": "*", "facets": [{"field_name": "kind"}]}


@pytest.mark.parametrize(
    ("narrow", "counted"),
    [
        (match("kind", "map"), {"run": 2, "map": 2}),
        (match("kind", "map", post_filter=False), {"map": 2}),
        (match("kind", "map", kind="match_all"), {"map": 2}),
        (match("kind", "map", kind="match_all", post_filter=True), {"run": 2, "map": 2}),
        (between("rate", gte=10), {"run": 2, "map": 2}),
        ({"type": "exists", "field_name": "is_good"}, {"run": 2, "map": 2}),
    ],
)
def test_filters_of_the_first_version_leave_facets_alone_save_match_all(ask, narrow, counted):
    for version in (None, "2017-09-01"):
        found = ask(FACET | {"filters": [narrow]}, version=version)

        assert buckets(found) == counted
        assert found["total"] < 4


def test_filters_of_the_second_version_narrow_facets_and_those_behind_them_do_not(ask):
    before = ask(FACET | {"filters": [match("kind", "map")]}, version=V1)
    after = ask(FACET | {"post_facet_filters": [match("kind", "map")]}, version=V1)

    assert (buckets(before), buckets(after)) == ({"map": 2}, {"run": 2, "map": 2})
    assert subjects(before) == subjects(after) == ["sub/3", "sub/5"]


def test_a_facet_of_the_second_version_may_have_filters_of_its_own(ask):
    facets = [{"field_name": "kind", "additional_filters": [match("tags", "hot")]}, {"field_name": "kind", "name": "k"}]

    found = ask({"q": "*", "facets": facets}, version=V1)

    assert (buckets(found, 0), buckets(found, 1)) == ({"run": 2}, {"run": 2, "map": 2})


@pytest.mark.parametrize(
    ("document", "version", "place"),
    [
        ({"q": "*", "post_facet_filters": []}, None, "post_facet_filters"),
        ({"q": "*", "q_settings": {}}, None, "q_settings"),
        ({"filters": [match("kind", "map", post_filter=True)]}, V1, "filters.0.post_filter"),
        ({"q": "*", "q_settings": {}, "advanced": True}, V1, "advanced"),
        ({"q": "*"}, "query#9", "@version"),
    ],
)
def test_what_belongs_to_another_version_is_refused(ask, document, version, place):
    told = ask(document, version=version, status=400)

    assert told["error_data"]["place"] == place


def test_the_second_version_says_how_words_are_joined(ask):
    def joined(**settings):
        return ask({"q": "dry soaked", "q_settings": settings}, version=V1)["total"]

    assert (joined(), joined(default_operator="or"), joined(default_operator="and")) == (0, 2, 0)
    assert ask({"q": "title:dry", "q_settings": {"mode": "advanced_query_string"}}, version=V1)["total"] == 1
