"""Random documents and random links, of parts that are nearly right: an answer or a refusal, never a failure."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.oracle import ERROR, differences
from tests.api.rubbish import DOCUMENT, OF_V1

pytestmark = pytest.mark.usefixtures("shelf")
few = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


paths = st.sampled_from(
    ["title", "kind", "rate", "made", "tags", "is_good", "a.b", "", "rate.x", "a\\.b", "\\", "*", "."]
)
words = st.sampled_from(
    ["lysozyme", "*", "hot", "2021-04-30", "2021", "1", "-1", "1e400", "zyme*", '"a b"', "(", "a:b", "--"]
)
scalars = st.one_of(words, st.text(max_size=6), st.integers(), st.floats(), st.booleans(), st.none())
names = st.sampled_from(sorted({*DOCUMENT, *OF_V1} - {"@version"}))
keys = st.one_of(
    names,
    one_of(
        "type field_name values value filter filters from to gte lt size name missing contains exclude order factor "
        "mode date_interval histogram_range low high ranges percents prefix kind shape top_left lat lon post_filter"
    ),
)
types = one_of(
    "match_any match_all range exists like not and or geo_bounding_box geo_shape terms words ranges numeric_histogram "
    "date_histogram sum avg min max stats percentiles distinct_count year day count value asc desc number"
)
parts = st.recursive(
    st.one_of(scalars, types, paths),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(keys, inner, max_size=4),
        st.fixed_dictionaries({"type": types, "field_name": paths}, optional={"values": st.lists(inner, max_size=2)}),
        st.fixed_dictionaries({"type": types, "field_name": paths}, optional={"size": inner, "filter": inner}),
    ),
    max_leaves=12,
)
documents = st.one_of(
    st.dictionaries(names, parts, max_size=5),
    st.fixed_dictionaries(
        {"q": words},
        optional={
            "@version": st.sampled_from(["query#1.0.0", "2017-09-01"]),
            "filters": st.lists(parts, max_size=3),
            "facets": st.lists(parts, max_size=3),
            "sort": st.lists(st.fixed_dictionaries({"field_name": paths}), max_size=3),
            "limit": st.integers(-1, 20),
            "advanced": st.booleans(),
        },
    ),
)
parameters = st.one_of(
    one_of("q limit offset page sort facet fields cursor advanced highlight suggest explain format"),
    st.builds(
        "{}.{}".format,
        one_of(
            "filter filter-match-all filter-match-any filter-not filter-range filter-exists filter-like filter-year "
            "filter-from filter-to filter-second"
        ),
        paths,
    ),
    st.text(max_size=8),
)
texts = st.one_of(
    words, paths, st.text(max_size=12), st.sampled_from(["true", "1--2", "*--*", "2021--*", "a:3", "-rate"])
)


def holds(answer):
    assert answer.status_code < 500, answer.content
    if answer.status_code != 200:
        assert differences(answer.json(), ERROR) == []


@pytest.mark.parametrize("address", ["search", "scroll", "delete_by_query"])
@few
@given(document=documents)
def test_no_document_makes_it_fail(api, alice, v1, address, document):
    body = json.dumps(document).replace("NaN", "1e999")

    holds(api(alice).generic("POST", v1(address), body, content_type="application/json"))


@few
@given(document=documents)
def test_no_ingest_makes_it_fail(api, alice, v1, document):
    body = json.dumps({"ingest_type": "GMetaEntry", "ingest_data": {"subject": "a", "content": document} | document})

    holds(api(alice).generic("POST", f"{v1('ingest')}?dry_run=true", body, content_type="application/json"))


@few
@given(pairs=st.lists(st.tuples(parameters, texts), max_size=5))
def test_no_link_makes_it_fail(api, client, v1, pairs):
    query = urlencode(pairs)

    holds(api().get(f"{v1('search')}?{query}"))
    assert client.get(f"/runs/?{query}").status_code < 500


@few
@given(text=st.text(alphabet='ab"*?~^:()[]{}+-!&|/\\<>= \x00\ud800TONRD01', max_size=25))
def test_no_advanced_text_makes_it_fail(api, v1, text):
    body = json.dumps({"q": text, "advanced": True, "highlight": True, "suggest": True})

    holds(api().generic("POST", v1("search"), body, content_type="application/json"))
