"""Hits in an order that is no score: by values of paths, or by subject alone. Exact, at constant memory a page.

A path that no document holds twice is read from its typed fields. Where some hold several values there, those few
documents are asked apart from the others, by the least or greatest value that was written for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.tantivy.clauses import Compiled, all_of
from apps.search.backends.tantivy.layout import KIND_FIELDS, sortable, subject_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import InvalidQuery
from apps.search.paths import field
from apps.search.types import Cursor, Kind, Sort

CHUNK = 10_000
"""So many places are asked for at once; the engine refuses more than 65,000."""
_NONE = ("", None)
_RANK = {letter: rank for rank, letter in enumerate((*KIND_FIELDS.values(), ""))}

Value = tuple[str, Any]  # The field of the value's kind, and a number, a string or None.


class Place(NamedTuple):
    """Where a subject stands: for each sort the value that counts, then itself."""

    values: tuple[Value, ...]
    subject: str

    def cursor(self) -> Cursor:
        return (*(part for value in self.values for part in value), self.subject)


def place_of(cursor: Cursor, sort: Sequence[Sort]) -> Place:
    """The inverse of ``Place.cursor``.

    Raises:
        InvalidQuery: the cursor is of another question.
    """
    values = tuple(zip(cursor[:-1:2], cursor[1:-1:2], strict=False))
    if len(cursor) != 2 * len(sort) + 1 or not isinstance(cursor[-1], str) or not all(map(_is_value, values)):
        raise InvalidQuery("The cursor does not belong to this query. Begin at the first page.", place="after")
    return Place(values, cursor[-1])  # type: ignore[arg-type]  # _is_value looked


def _is_value(value: tuple[object, object]) -> bool:
    kind, held = value
    if kind in ("n", "d"):
        return isinstance(held, int | float)
    return isinstance(held, str) if kind in ("k", "b") else value == _NONE


def subjects(reader: Reader, query: Compiled, *, after: str | None, size: int) -> list[str]:
    """The first subjects in code-point order, behind ``after``."""
    if after is not None:
        beyond = reader.index.parse_query(f"s:{{{sortable(after)} TO *]", ["s"])  # It is "x" and hexadecimal digits.
        query = all_of([query, beyond])
    asked = {"field": "s", "size": size, "segment_size": size, "order": {"_key": "asc"}}
    found = reader.searcher.aggregate(query, {"s": {"terms": asked}})["s"]["buckets"]
    return [subject_of(bucket["key"]) for bucket in found]


def page(
    reader: Reader, query: Compiled, sort: Sequence[Sort], *, after: Place | None, offset: int, limit: int
) -> list[Place]:
    """The places of one page. Without a sort they are in the order of subjects."""
    while offset > CHUNK:
        skipped = _next(reader, query, sort, after, CHUNK)
        if len(skipped) < CHUNK:
            return []
        after, offset = skipped[-1], offset - CHUNK
    found: list[Place] = []
    while (missing := offset + limit - len(found)) > 0:
        found += (more := _next(reader, query, sort, after, min(missing, CHUNK)))
        if len(more) < min(missing, CHUNK):
            break
        after = found[-1]
    return found[offset:]


def _next(reader: Reader, query: Compiled, sort: Sequence[Sort], after: Place | None, size: int) -> list[Place]:
    if not sort:
        return [Place((), s) for s in subjects(reader, query, after=after.subject if after else None, size=size)]
    # Whether documents with several values at a path are asked for: in a stream of their own, if there are any.
    streams = product(
        *((False, True) if reader.searcher.doc_freq("several", field(one.path)) else (False,) for one in sort)
    )
    merged = [place for stream in streams for place in _stream(reader, query, sort, stream, after, size)]
    return _ordered(merged, sort)[:size]


def _ordered(places: list[Place], sort: Sequence[Sort]) -> list[Place]:
    """By the last key first: the sorts are stable. Kinds keep their order both ways."""
    places.sort(key=lambda place: place.subject)
    for number, one in reversed(list(enumerate(sort))):
        sign = -1 if one.is_descending else 1

        def key(place: Place, number: int = number, sign: int = sign) -> tuple[int, Any]:
            kind, value = place.values[number]
            return (sign * _RANK[kind], value)

        places.sort(key=key, reverse=one.is_descending)
    return places


def _stream(
    reader: Reader, query: Compiled, sort: Sequence[Sort], several: tuple[bool, ...], after: Place | None, size: int
) -> list[Place]:
    """The next places among the documents that have several values, or have not, at the path of each sort."""
    sources: list[tuple[int, str, dict[str, Any]]] = []
    for number, (one, has_several) in enumerate(zip(sort, several, strict=True)):
        if reader.searcher.doc_freq("several", field(one.path)):
            marked = Engine.term_query(reader.schema, "several", field(one.path), "basic")
            query = Engine.boolean_query([(Occur.Must, query), (Occur.Must if has_several else Occur.MustNot, marked)])
        for letter in _letters(one, after.values[number][0] if after else ""):
            order = "desc" if one.is_descending else "asc"
            rule = {
                "field": _column(one, letter, has_several),
                "order": order,
                "missing_bucket": True,
                "missing_order": "last",
            }
            sources.append((number, letter, rule))
    asked: dict[str, Any] = {
        "size": size,
        "sources": [
            *({f"{number}{letter}": {"terms": rule}} for number, letter, rule in sources),
            {"s": {"terms": {"field": "s"}}},
        ],
    }
    if after is not None:
        behind = {f"{number}{letter}": _literal(after.values[number], letter) for number, letter, _ in sources}
        asked["after"] = behind | {"s": f"str:{sortable(after.subject)}"}
    found = reader.searcher.aggregate(query, {"page": {"composite": asked}})["page"]["buckets"]
    keys = [[f"{number}{letter}" for number, letter, _ in sources if number == n] for n in range(len(sort))]
    return [_place(bucket["key"], keys) for bucket in found]


def _letters(sort: Sort, also: str) -> list[str]:
    """The kinds to ask for, in their order. The cursor's kind is always one: the catalogue may have forgotten it."""
    kinds = sort.kinds or frozenset(Kind)
    return [letter for kind, letter in KIND_FIELDS.items() if kind in kinds or letter == also]


def _column(sort: Sort, letter: str, has_several: bool) -> str:
    if not has_several:
        return f"{letter}.{field(sort.path)}"
    return f"{'greatest' if sort.is_descending else 'least'}.{letter}{field(sort.path)}"


def _literal(value: Value, letter: str) -> str:
    kind, held = value
    if kind != letter:
        return "null:"
    return {"n": f"f64:{held!r}", "d": f"i64:{held}"}.get(letter, f"str:{held}")


def _place(key: dict[str, Any], keys: list[list[str]]) -> Place:
    values = tuple(next(((name[-1], key[name]) for name in names if key[name] is not None), _NONE) for names in keys)
    return Place(values, subject_of(key["s"]))
