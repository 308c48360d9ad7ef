"""Query documents of both versions, scrolls and deletions."""

import pytest
from globus_sdk import MISSING, SearchQueryV1, SearchScrollQuery
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.errors import InvalidQuery
from apps.search.forms import document
from apps.search.types import Boost, Everything, Exists, Or, Phrase, Query, Request, Sort

READERS = (document.search, document.scroll, document.deletion)


def sent(payload):
    """What the SDK puts on the wire."""
    return {key: value for key, value in payload.items() if value is not MISSING}


def messages(read, asked):
    with pytest.raises(InvalidQuery) as caught:
        read(asked)
    return caught.value.details["messages"]["json"]


def test_a_star_is_everything_and_the_rest_has_defaults():
    assert document.search({"q": "*"}) == Request(query=Query())


def test_the_document_of_the_sdk_is_read():
    asked = SearchQueryV1(
        q="foo",
        limit=5,
        offset=20,
        filters=[{"type": "exists", "field_name": "a"}],
        sort=[{"field_name": "b"}, {"field_name": "c", "order": "asc"}],
        boosts=[{"field_name": "d", "factor": 2}],
    )

    request = document.search(sent(asked))

    assert request.version == "query#1.0.0"
    assert (request.query.limit, request.query.offset, request.query.filters) == (5, 20, (Exists("a"),))
    assert request.query.sort == (Sort("b", is_descending=True), Sort("c", is_descending=False))
    assert request.query.boosts == (Boost("d", 2),)


def test_what_the_answer_shall_hold_is_asked_with_keys_of_our_own():
    asked = {"highlight": True, "explain": True, "suggest": True, "fields": ["a.b"], "cursor": "c", "offset": 9_999}

    request = document.search({"q": "x", "bypass_visible_to": True, "filter_principal_sets": ["admin"], **asked})

    assert (request.highlights, request.query.explains, request.suggests) == (True, True, True)
    assert (request.fields, request.cursor, request.principal_sets) == (("a.b",), "c", ("admin",))
    assert request.sees_all


def test_settings_of_version_1_choose_syntax_and_operator():
    settings = {"mode": "advanced_query_string", "default_operator": "or"}

    request = document.search({"@version": "query#1.0.0", "q": "a b", "q_settings": settings})

    assert request.query.text == Or((Phrase("a"), Phrase("b")))


def test_a_scroll_goes_by_subject_and_its_marker_is_the_cursor():
    request = document.scroll(sent(SearchScrollQuery("*", limit=100, marker="m")))

    assert request == Request(query=Query(by_subject=True, limit=100), cursor="m")


def test_a_deletion_of_2017_ignores_what_it_always_ignored():
    asked = {"limit": 1, "offset": 2, "facets": [{}], "boosts": 3, "sort": []}

    request = document.deletion({"filters": [{"type": "exists", "field_name": "a"}], **asked})

    assert request.query == Query(text=Everything(), filters=(Exists("a"),), by_subject=True)


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": " \0"}, {"filters": []}, {"q": None}, {"q": "", "filters": []}])
def test_a_deletion_must_say_what_to_delete(asked):
    assert messages(document.deletion, asked)


def test_everything_can_be_deleted_by_saying_so():
    assert document.deletion({"q": "*"}).query.text == Everything()


def test_all_problems_are_told_at_once_by_place():
    asked = {"q": 3, "limt": 5, "limit": -1, "facets": [{"field_name": "a"}, {"type": "avg"}], "sort": {}}

    assert messages(document.search, asked) == {
        "q": ["must be a text"],
        "limt": ['This key is not known. Did you mean "limit"?'],
        "limit": ["must be a whole number from 0 to 10000"],
        "facets": {"1": {"field_name": ["Missing data for required field."]}},
        "sort": ["must be a list"],
    }


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ([], None),
        ({}, "q"),
        ({"q": "x" * 5000}, "q"),
        ({"q": "(a", "advanced": True}, "q"),
        ({"q": "a", "@version": "query#2"}, "@version"),
        ({"q": "a", "q_settings": {}}, "q_settings"),
        ({"q": "a", "offset": 9_991}, "offset"),
        ({"q": "a", "advanced": "true"}, "advanced"),
        ({"q": "a", "boosts": [{"field_name": "x", "factor": 0}]}, "boosts"),
        ({"q": "a", "fields": [None]}, "fields"),
        ({"@version": "query#1.0.0", "q": "a", "advanced": True, "q_settings": {}}, "advanced"),
    ],
)
def test_a_bad_document_names_the_place(asked, place):
    told = messages(document.search, asked)

    assert list(told) == [place] if place else told == ["must be an object"]


def test_beyond_the_window_the_message_points_to_the_cursor():
    assert "`cursor`" in messages(document.search, {"q": "a", "offset": 10_000})["offset"][0]


def test_keys_with_an_at_sign_and_those_of_older_clients_are_not_heard():
    asked = {"@datatype": "GSearchRequest", "result_format_version": "2019-08-27", "query_template": None}

    assert document.search({"q": "*", **asked}) == Request(query=Query())


_KEYS = """q limit offset filters facets sort boosts type field_name values range match_any terms not filter from to *
a@b 2021 2017-09-01 query#1.0.0 @version advanced q_settings mode size histogram_range low high numeric_histogram"""
_WORDS = st.sampled_from(_KEYS.split())
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | _WORDS
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS | st.text(), inner, max_size=4)
)


@settings(deadline=None)
@given(_JSON, st.sampled_from(READERS))
def test_any_json_is_a_request_or_an_invalid_query(asked, read):
    try:
        request = read(asked)
    except InvalidQuery:
        return
    assert isinstance(request, Request)


_PATHS = st.sampled_from(["x", r"a\.b", 3, None])
_VALUES = st.lists(_LEAVES, max_size=3)
_RANGES = st.lists(st.dictionaries(st.sampled_from(["from", "to", "gt", "lte"]), _LEAVES, max_size=2), max_size=2)
_KINDS = ["match_any", "match_all"]
_FILTERS = st.recursive(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["match_any", "match_all"]), "field_name": _PATHS, "values": _VALUES}
    )
    | st.fixed_dictionaries({"type": st.just("range"), "field_name": _PATHS, "values": _RANGES}),
    lambda inner: st.fixed_dictionaries({"type": st.just("not"), "filter": inner}),
)
_FACETS = st.fixed_dictionaries(
    {"field_name": _PATHS},
    optional={
        "type": st.sampled_from(["numeric_histogram", "ranges", "date_histogram", "sum", "percentiles", "words"]),
        "size": st.integers(-1, 20),
        "histogram_range": st.fixed_dictionaries({"low": _LEAVES, "high": _LEAVES}),
        "ranges": _RANGES,
        "percents": _VALUES,
        "missing": _LEAVES,
        "date_interval": st.sampled_from(["day", "decade"]),
    },
)


@settings(deadline=None)
@given(st.lists(_FILTERS, max_size=3), st.lists(_FACETS, max_size=2))
def test_nearly_right_filters_and_facets_are_a_request_or_an_invalid_query(filters, facets):
    try:
        request = document.search({"q": "*", "filters": filters, "facets": facets})
    except InvalidQuery as error:
        assert error.details["messages"]["json"]  # noqa: PT017  # either way is right
    else:
        assert len(request.shapes) == len(facets)
