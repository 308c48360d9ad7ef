"""What should never be sent, by address, each with the place that the refusal must name."""

from __future__ import annotations

import json
from typing import Any

DEEP = 100_000
SURROGATE = '"\\ud800"'
"""Half of a pair, which JSON can write and no text can hold."""

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a number": b"1",
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "half a document": b'{"q": ',
    "no colon": b'{"q" 1}',
    "a comma too much": b'{"q": "a",}',
    "single quotes": b"{'q': 'a'}",
    "NaN": b'{"q": NaN}',
    "Infinity": b'{"limit": -Infinity}',
    "not UTF-8": b'{"q": "\xff\xfe"}',
    "UTF-16": '{"q": "a"}'.encode("utf-16"),
    "zipped": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "two documents": b'{"q": "a"}{"q": "b"}',
    "deep lists": b"[" * DEEP,
    "deep and closed": b'{"filters": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a number of 5,000 digits": b'{"limit": ' + b"9" * 5000 + b"}",
    "a form": b"q=lysozyme&limit=10",
    "control characters": b'{"q": "\x00\x01"}',
    "only blanks": b"  \n ",
    "a key twice, the last one wrong": b'{"q": "a", "q": 1}',
}

_FLAG: list[Any] = ["true", 1, 0, [], {}, "no"]
_WHOLE: list[Any] = ["1", -1, 10**9, 10**400, 1.5, True, [], {}]
_PATH: list[Any] = [1, "", [], {}, True, "a\0b", "x" * 100_000, "\ud800"]
_FILTERS: list[Any] = [
    1, "x", {}, [1], ["x"], [None], [[]], [{}], [{"type": 1}], [{"type": "none"}], [{"type": "exists"}],
    *([{"type": "exists", "field_name": path}] for path in _PATH),
    *([{"type": "match_any", "field_name": "a", "values": values}] for values in (1, "x", {}, [], [[]], [{}], [None])),
    [{"type": "match_any", "field_name": "a", "values": list(range(100_000))}],
    [{"type": "match_any", "field_name": "a", "values": ["a\0"]}],
    [{"type": "match_all", "field_name": "a", "values": [10**400]}],
    [{"type": "match_any", "field_name": "a", "values": ["a"], "unknown": 1}],
    *([{"type": "range", "field_name": "a", "values": values}] for values in (1, [], [{}], [1], {"from": 1})),
    *([{"type": "range", "field_name": "a", "values": [one]}] for one in (
        {"from": []}, {"from": True}, {"from": 2, "to": 1}, {"from": "x"}, {"from": 1, "gte": 1}, {"form": 1},
        {"from": 1, "to": "2021"}, {"from": "2021-13-45"}, {"from": 10**400}, None,
    )),
    *([{"type": "like", "field_name": "a", "value": value}] for value in (1, "", [], "x" * 100_000)),
    *([{"type": kind, "filters": value}] for kind in ("and", "or") for value in (1, [], {}, [1])),
    *([{"type": "not", "filter": value}] for value in (1, [], {}, None)),
    [{"type": "geo_bounding_box", "field_name": "a", "top_left": {"lat": 99, "lon": 0}, "bottom_right": {}}],
    [{"type": "geo_shape", "field_name": "a", "shape": {"type": "Polygon", "coordinates": [[[0, 0]]]}}],
    [{"type": "geo_shape", "field_name": "a"}],
    *([{"type": "geo_shape", "field_name": "a", "shape": shape}] for shape in (
        1, [], {}, None, {"type": []}, {"type": "Point", "coordinates": [0, 0]}, {"type": "Polygon"},
        *({"type": kind, "coordinates": one} for kind in ("Polygon", "MultiPolygon") for one in (
            1, [], [[]], [[[]]], [[["a", "b"]] * 4], [[[0, 0], [0, 10**400], [1, 1], [0, 0]]],
            [[[0, 0], [0, 99], [1, 99], [0, 0]]], [[[None, 0], [0, 1], [1, 1], [None, 0]]], {"a": 1}, "x",
        )),
    )),
]  # fmt: skip
_FACETS: list[Any] = [
    1, "x", {}, [1], [None], [[]], [{}], [{"type": "terms"}], [{"field_name": "a", "type": "none"}],
    *([{"field_name": path}] for path in _PATH),
    *([{"field_name": "a", "size": size}] for size in (0, -1, "1", 10**10, 10**400, 1.5, True, [])),
    [{"field_name": "a"}, {"field_name": "a"}],
    [{"field_name": "a", "name": str(at)} for at in range(5000)],
    *([{"field_name": "a", "type": "numeric_histogram", **more}] for more in (
        {}, {"size": 3}, {"size": 0, "histogram_range": {"low": 0, "high": 1}},
        {"size": 3, "histogram_range": {"low": 1, "high": 1}}, {"size": 3, "histogram_range": {"low": "a", "high": 1}},
        {"size": 10**10, "histogram_range": {"low": 0, "high": 1}}, {"size": 3, "histogram_range": []},
    )),
    *([{"field_name": "a", "type": "date_histogram", **more}] for more in (
        {}, {"date_interval": "fortnight"}, {"date_interval": 1},
        {"date_interval": "day", "histogram_range": {"low": "x"}},
        {"date_interval": "day", "histogram_range": {"low": "2021", "high": "2020"}},
    )),
    *([{"field_name": "a", "type": "ranges", "ranges": value}] for value in (
        1, [], [1], [{"from": 2, "to": 1}], [{"from": "x"}], [{"from": 1}, {"from": "2021-01-01"}], [{"frm": 1}],
    )),
    *([{"field_name": "a", "type": "percentiles", "percents": value}] for value in (1, [], [101], ["a"], [-1])),
    [{"field_name": "a", "type": "sum", "missing": "x"}],
    [{"type": "words"}],
    [{"field_name": "a", "unknown": 1}],
]  # fmt: skip

DOCUMENT: dict[str, list[Any]] = {
    "q": [1, [], {}, True, "x" * 1_000_000],
    "limit": _WHOLE,
    "offset": [*_WHOLE, 10_001],
    "advanced": _FLAG,
    "filters": _FILTERS,
    "facets": _FACETS,
    "sort": [
        1, "a", {}, [1], [None], [{}], [{"field_name": "a", "order": "up"}], [{"field_name": "a", "order": 1}],
        [{"field_name": "a", "ordre": "asc"}], [{"field_name": "a"}] * 5000, *([{"field_name": one}] for one in _PATH),
    ],
    "boosts": [
        1, [{}], [None], [{"field_name": "a"}],
        *([{"field_name": "a", "factor": one}] for one in (0, -1, "2", 10**400, [])),
    ],
    "fields": [1, "a", {}, [1], [""], ["a"] * 100_000, ["a\0"]],
    "bypass_visible_to": _FLAG,
    "filter_principal_sets": [1, "a", {}, [1], [""], ["a"] * 1000],
    "cursor": [1, [], {}, True, "rubbish", "A" * 1000, "x" * 100_000, "é", "====", "\ud800"],
    "highlight": _FLAG,
    "explain": _FLAG,
    "suggest": _FLAG,
    "unknown": [1],
    "Q": ["a"],
    "@version": [1, "x", "scroll#1.0.0", []],
}  # fmt: skip
OF_V1: dict[str, list[Any]] = {
    "post_facet_filters": _FILTERS,
    "q_settings": [1, [], {"mode": "x"}, {"mode": 1}, {"default_operator": "xor"}, {"unknown": 1}],
}
OF_SCROLL = {
    "marker": DOCUMENT["cursor"],
    "sort": [[{"field_name": "a"}]],
    "facets": [[{"field_name": "a"}]],
    "offset": [1],
    "limit": [0, *_WHOLE],
}
OF_DELETION = {"q": [1, "", " "], "filters": _FILTERS, "unknown": [1]}


def nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"type": "exists", "field_name": "a"}
    for _ in range(levels):
        inner = {"type": "not", "filter": inner}
    return inner


SQUARE = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]
COSTLY: dict[str, dict[str, Any]] = {
    "5,000 filters": {"filters": [{"type": "exists", "field_name": f"f{at}"} for at in range(5000)]},
    "filters 100 deep": {"filters": [nested(100)]},
    "filters 21 deep": {"filters": [nested(21)]},
    "20 polygons": {
        "filters": [{"type": "geo_shape", "field_name": "a", "shape": {"type": "Polygon", "coordinates": SQUARE}}] * 20
    },
    "ands of ands": {"filters": [{"type": "and", "filters": [{"type": "or", "filters": [nested(1)] * 40}] * 40}]},
}

LINKS: list[tuple[str, str]] = [
    *((f"limit={one}", "limit") for one in ("abc", "-1", "1e3", "99999999999", "1.5", "٣", "%00")),
    *((f"offset={one}", "offset") for one in ("abc", "-1", "10001", "9" * 5000)),
    *((f"page={one}", "page") for one in ("0", "-1", "x", "1002")),
    ("page=2&offset=3", "page"),
    *((f"{flag}=perhaps", flag) for flag in ("advanced", "highlight", "explain", "suggest", "bypass_visible_to")),
    *((f"facet={one}", "facet") for one in ("a:0", "a:99999999", "x" * 100_000, "%00")),
    *((f"sort={one}", "sort") for one in ("%00", "x" * 100_000, "-", ",".join("abcdefghijklmnop"))),
    *(
        (f"filter-range.a={one}", "filter-range.a")
        for one in ("x", "1", "9--1", "a--b", "--2021-13-45", "1--2021-01-01")
    ),
    *((f"filter-{unit}.a={one}", f"filter-{unit}.a") for unit in ("year", "second") for one in ("x", "2021-13", "")),
    *((f"filter-exists.a={one}", "filter-exists.a") for one in ("perhaps", "")),
    ("filter-like.a=", "filter-like.a"),
    ("filter.=x", "filter."),
    ("filter=x", "filter"),
    ("filter.a=%00", "filter.a"),
    ("fliter.a=x", "fliter.a"),
    (f"filter.{'x' * 100_000}=1", "filter."),
    (f"q={'x' * 1_000_000}", "q"),
    ("&".join(f"filter.a{at}=1" for at in range(5000)), ""),
    *(
        (f"cursor={one}", "cursor")
        for one in ("rubbish", "AAAA", "A" * 1000, "x" * 100_000, "%00", "%F0%9F", "é", "====")
    ),
    *(
        (f"q={one}&advanced=true", "q")
        for one in ("(", "a:(", "%22open", "[1%20TO", "a%5E0", "/a.*b/", "AND", "a:[b%20TO%20a]")
    ),
    ("unknown=1", "unknown"),
    ("filter_principal_sets=%00", "filter_principal_sets"),
    ("format=%3Cb%3E", "format"),
]

NAMES: list[Any] = [1, "", [], {}, True, "a\0b", "a\x01b", "x" * 501, "é" * 251, "\ud800"]
"""Which no subject may have."""


def entry(**changes: Any) -> dict[str, Any]:
    return {"subject": "bad", "visible_to": ["public"], "content": {}} | changes


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


PRINCIPALS = ["", "nobody", "urn:globus:auth:identity:x", "urn:globus:groups:id:", "Public", "a\0b", 1, None, [], {}]
ENTRIES: list[tuple[Any, str]] = [
    *((one, "") for one in (1, "x", [])),
    ({}, "subject"),
    *((entry(subject=name), "subject") for name in NAMES),
    *((entry(id=name), "id") for name in [*NAMES, "x" * 101]),
    *((entry(visible_to=value), "visible_to") for value in (1, "public", {}, [[]], ["public"] * 5000)),
    *((entry(visible_to=[one]), "visible_to.0") for one in PRINCIPALS),
    *((entry(content=value), "content") for value in (1, "x", [], _deep(21), _deep(200))),
    *((entry(content={"a": value}), "content.a") for value in ("a\0b", "\ud800", 10**400, float("1e999"))),
    *((entry(content={key: 1}), "content.") for key in ("a\0", "\ud800", "x" * 2000)),
    (entry(content={"a": {"b": [1, {"c": "\0"}]}}), "content.a.b.1.c"),
    *((entry(principal_sets=one), "principal_sets") for one in (1, [], {"a": 1}, {"": []}, {"a": ["x"]}, {"\0": []})),
    (entry(unknown=1), "unknown"),
    (entry(visible_two=[]), "visible_two"),
]  # fmt: skip
INGESTS: list[tuple[Any, str]] = [
    *(({"ingest_type": one, "ingest_data": entry()}, "ingest_type") for one in (1, "", "gmetaentry", [], None)),
    ({"ingest_type": "GMetaEntry"}, "ingest_data"),
    *(
        ({"ingest_type": "GMetaList", "ingest_data": one}, "ingest_data")
        for one in (1, [], {}, {"gmeta": 1}, {"gmeta": {}})
    ),
    *(
        ({"ingest_type": "GMetaEntry", "ingest_data": one}, f"ingest_data{'.' if at else ''}{at}")
        for one, at in ENTRIES
    ),
    *(
        ({"ingest_type": "GMetaList", "ingest_data": {"gmeta": [entry(subject="good"), one]}}, "ingest_data.gmeta.1")
        for one, _ in ENTRIES
    ),
    *(
        ({"ingest_type": "GMetaEntry", "ingest_data": entry(), "field_mapping": one}, "field_mapping")
        for one in (1, [], {"a": "text"}, {"a": 1}, {"": "geo_point"}, {"a\0": "geo_point"})
    ),
    ({"ingest_type": "GMetaEntry", "ingest_data": entry(), "unknown": 1}, "unknown"),
]
SUBJECTS: list[tuple[Any, str]] = [
    ({}, "subjects"),
    *(({"subjects": one}, "subjects") for one in (1, "x", {}, [], ["x"] * 100_000)),
    *(({"subjects": ["a", name]}, "subjects.1") for name in NAMES),
    ({"subjects": ["a"], "unknown": 1}, "unknown"),
]
ROLES: list[tuple[Any, str]] = [
    ({}, "role_name"),
    *(({"role_name": one, "principal": "urn:globus:groups:id:" + "0" * 8}, "role_name") for one in (1, "", "king", [])),
    *(({"role_name": "writer", "principal": one}, "principal") for one in [*PRINCIPALS, "public"]),
]
INDEXES: list[tuple[Any, str]] = [
    ({}, "display_name"),
    *(({"display_name": one}, "display_name") for one in (1, "", [], "x" * 201, "a\0b", "\ud800")),
    *(({"display_name": "a", "description": one}, "description") for one in (1, [], "x" * 100_000, "\0")),
    *(({"display_name": "a", "slug": one}, "slug") for one in (1, "A b", "../x", "admin", "api", "x" * 81, "é")),
    *(({"display_name": "a", "visible_to": one}, "visible_to") for one in (1, "public", [1], ["x"])),
    ({"display_name": "a", "unknown": 1}, "unknown"),
]


def encoded(document: Any) -> bytes:
    """As JSON; halves of pairs and infinities as a careless client writes them."""
    return json.dumps(document).replace("Infinity", "1e999").encode()
