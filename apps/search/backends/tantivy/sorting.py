"""Hits in an order that is no score: by values of paths, or by subject alone. Exact, at constant memory a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tantivy import Query as Engine

from apps.search.backends.tantivy.asking import Looking, Rule
from apps.search.backends.tantivy.beginnings import beginning
from apps.search.backends.tantivy.clauses import Compiled, all_of, any_of
from apps.search.backends.tantivy.layout import sortable, subject_of
from apps.search.backends.tantivy.places import (
    NONE,
    Column,
    Columns,
    Place,
    Stream,
    Value,
    columns,
    has_several,
    ordered,
    streams,
)
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import Sort

CHUNK = 10_000
"""So many are asked for at once; the engine refuses more than 65,000."""
WORTH_SKIPPING = 100
"""A place costs the engine 20 µs, a bare value 2 µs: above so many it is told first where the page begins."""
_SUBJECT = Column("k", "s", "asc")
_LAST = "\U0010ffff" * 100  # Behind each subject.


def subjects(reader: Reader, query: Compiled, *, after: str | None, size: int) -> list[str]:
    """The first subjects in code-point order, behind ``after``."""
    if after is not None:
        beyond = reader.index.parse_query(f"s:{{{sortable(after)} TO *]", ["s"])  # It is "x" and hexadecimal digits.
        query = all_of([query, beyond])
    return [subject_of(key) for key, _ in _by_value(reader, query, _SUBJECT, size)]


def page(
    reader: Reader, query: Compiled, sort: Sequence[Sort], *, after: Place | None, offset: int, limit: int
) -> list[Place]:
    """The places of one page. Without a sort they are in the order of subjects."""
    if sort and after is None and offset > WORTH_SKIPPING:
        after, skipped = _skip(reader, query, sort, offset)
        offset -= skipped
    while offset > CHUNK:
        passed = _next(reader, query, sort, after, CHUNK)
        if len(passed) < CHUNK:
            return []
        after, offset = passed[-1], offset - CHUNK
    found: list[Place] = []
    while (missing := offset + limit - len(found)) > 0:
        found += (more := _next(reader, query, sort, after, min(missing, CHUNK)))
        if len(more) < min(missing, CHUNK):
            break
        after = found[-1]
    return found[offset:]


def near(
    reader: Reader, sort: Sequence[Sort], *, offset: int, limit: int, is_of_all: bool = False
) -> Looking[list[Place]] | None:
    """Asks for the page along with whatever else is counted of the query; None where it takes looks of its own.

    ``is_of_all`` says that the query is likely to match most subjects of the store.
    """
    end = offset + limit
    if end > CHUNK or (sort and (offset > WORTH_SKIPPING or has_several(reader, sort))):
        return None
    if not sort:
        return _near_subjects(offset, end)
    found = tuple(tuple(columns(one)) for one in sort)
    return _near_values(found, beginning(reader, found[0], 2 * end) if is_of_all else "", offset, end)


def _near_subjects(offset: int, end: int) -> Looking[list[Place]]:
    answers = yield {"page": _valued(_SUBJECT, end)}
    return [Place((), subject_of(bucket["key"])) for bucket in answers.counted["page"]["buckets"][offset:]]


def _near_values(found: Columns, within: str, offset: int, end: int) -> Looking[list[Place]]:
    """The first places, sought ``within`` a filter that holds the first values; without it if too few are there."""
    page = {"page": _placed(found, None, end)}
    if within:
        answers = yield {"among": {"filter": within, "aggs": page}}
        if answers.counted["among"]["doc_count"] >= end:
            return _read(found, answers.counted["among"]["page"]["buckets"])[offset:]
    answers = yield page
    return _read(found, answers.counted["page"]["buckets"])[offset:]


def _next(reader: Reader, query: Compiled, sort: Sequence[Sort], after: Place | None, size: int) -> list[Place]:
    if not sort:
        return [Place((), s) for s in subjects(reader, query, after=after.subject if after else None, size=size)]
    parted = streams(reader, query, sort, after)
    return ordered([place for stream in parted for place in _places(reader, stream, after, size)], sort)[:size]


def _places(reader: Reader, stream: Stream, after: Place | None, size: int) -> list[Place]:
    rule = _placed(stream.columns, after, size)
    return _read(stream.columns, reader.searcher.aggregate(stream.query, {"page": rule})["page"]["buckets"])


def _named(found: Columns) -> list[list[tuple[str, Column]]]:
    return [[(f"{number}{column.letter}", column) for column in some] for number, some in enumerate(found)]


def _placed(found: Columns, after: Place | None, size: int) -> Rule:
    """The first places by these columns, then by subject."""
    named = _named(found)
    sources: list[Rule] = [{name: _source(column)} for some in named for name, column in some]
    asked: Rule = {"size": size, "sources": [*sources, {"s": {"terms": {"field": "s"}}}]}
    if after is not None:
        places = zip(after.values, named, strict=True)
        asked["after"] = {name: _literal(value, column) for value, some in places for name, column in some}
        asked["after"]["s"] = f"str:{sortable(after.subject)}"
    return {"composite": asked}


def _read(found: Columns, buckets: list[dict[str, Any]]) -> list[Place]:
    named = _named(found)
    return [Place(tuple(_value(b["key"], some) for some in named), subject_of(b["key"]["s"])) for b in buckets]


def _source(column: Column) -> dict[str, Any]:
    return {"terms": {"field": column.name, "order": column.order, "missing_bucket": True, "missing_order": "last"}}


def _literal(value: Value, column: Column) -> str:
    kind, held = value
    if kind != column.letter:
        return "null:"
    return {"n": f"f64:{held!r}", "d": f"i64:{held}"}.get(kind, f"str:{held}")


def _value(key: dict[str, Any], named: list[tuple[str, Column]]) -> Value:
    return next(((column.letter, key[name]) for name, column in named if key[name] is not None), NONE)


# --- offsets: values are counted instead of places -----------------------------------------------------------------


def _skip(reader: Reader, query: Compiled, sort: Sequence[Sort], offset: int) -> tuple[Place | None, int]:
    """A place before the one at ``offset``, and how many subjects stand up to it: as near as a few looks can tell."""
    rest = (NONE,) * (len(sort) - 1)
    parted = list(streams(reader, query, sort[:1], None))
    place, passed = None, 0
    for parts in zip(*(stream.columns[0] for stream in parted), strict=True):
        counts: Counter[Any] = Counter()
        for stream, column in zip(parted, parts, strict=True):
            counts.update(dict(_by_value(reader, stream.query, column, min(offset - passed + 1, CHUNK))))
        letter = parts[0].letter
        for number, value in enumerate(sorted(counts, reverse=sort[0].is_descending), start=1):
            if passed + counts[value] > offset:
                if rest or passed == offset:
                    return place, passed
                alike = [
                    all_of([stream.query, _equal(reader, column, value)])
                    for stream, column in zip(parted, parts, strict=True)
                ]
                first = subjects(reader, any_of(alike), after=None, size=min(offset - passed, CHUNK))
                return Place(((letter, value),), first[-1]), passed + len(first)
            passed += counts[value]
            place = Place(((letter, value), *rest), _LAST)
            if number == CHUNK:
                return place, passed
    return place, passed


def _by_value(reader: Reader, query: Compiled, column: Column, size: int) -> list[tuple[Any, int]]:
    """The first values of a column, in order, each with how many hold it."""
    if column.letter in ("n", "d"):  # Terms does not order whole numbers among others.
        asked = {"size": size, "sources": [{"value": {"terms": {"field": column.name, "order": column.order}}}]}
        found = reader.searcher.aggregate(query, {"x": {"composite": asked}})["x"]["buckets"]
        return [(bucket["key"]["value"], bucket["doc_count"]) for bucket in found]
    found = reader.searcher.aggregate(query, {"x": _valued(column, size)})["x"]["buckets"]
    return [(bucket["key"], bucket["doc_count"]) for bucket in found]


def _valued(column: Column, size: int) -> Rule:
    """The first strings of a column, in order."""
    order = {"_key": column.order}
    return {"terms": {"field": column.name, "size": size, "segment_size": size, "order": order}}


def _equal(reader: Reader, column: Column, value: Any) -> Compiled:  # Any: a number or a string
    return Engine.term_query(reader.schema, column.name, float(value) if column.letter == "n" else value, "basic")
