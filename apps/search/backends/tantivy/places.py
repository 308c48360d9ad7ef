"""Where a subject stands in an order by values of paths, and the columns of the engine that such an order reads.

A path at which no document has several values is read from its typed fields. Where some have, those few documents are
asked apart from the others, by the least or greatest value that was written for them: they are a stream of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.tantivy.clauses import Compiled
from apps.search.backends.tantivy.layout import KIND_FIELDS
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import InvalidQuery
from apps.search.paths import field
from apps.search.types import Cursor, Kind, Sort

Value = tuple[str, Any]  # The field of the value's kind, and a number, a string or None.
NONE: Value = ("", None)
_RANK = {letter: rank for rank, letter in enumerate((*KIND_FIELDS.values(), ""))}


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
    return isinstance(held, str) if kind in ("k", "b") else value == NONE


def ordered(places: list[Place], sort: Sequence[Sort]) -> list[Place]:
    """By the last key first: the sorts are stable. Kinds keep their order both ways."""
    places.sort(key=lambda place: place.subject)
    for number, one in reversed(list(enumerate(sort))):
        sign = -1 if one.is_descending else 1

        def key(place: Place, number: int = number, sign: int = sign) -> tuple[int, Any]:
            kind, value = place.values[number]
            return (sign * _RANK[kind], value)

        places.sort(key=key, reverse=one.is_descending)
    return places


class Column(NamedTuple):
    """What one kind of a sort is read from."""

    letter: str
    name: str
    order: str


Columns = tuple[tuple[Column, ...], ...]
"""The columns of each sort."""


class Stream(NamedTuple):
    """Documents that all have several values, or all have not, at the path of each sort, and each sort's columns."""

    query: Compiled
    columns: Columns


def streams(reader: Reader, query: Compiled, sort: Sequence[Sort], after: Place | None) -> Iterator[Stream]:
    """The documents of the query, parted. The kind of a cursor is asked for even if the catalogue has forgotten it."""
    are_mixed = [has_several(reader, [one]) for one in sort]
    kinds = [value[0] for value in after.values] if after else [""] * len(sort)
    for choice in product(*((False, True) if is_mixed else (False,) for is_mixed in are_mixed)):
        parts = [(Occur.Must, query)]
        for one, is_mixed, extremes in zip(sort, are_mixed, choice, strict=True):
            if is_mixed:
                marked = Engine.term_query(reader.schema, "several", field(one.path), "basic")
                parts.append((Occur.Must if extremes else Occur.MustNot, marked))
        read = (tuple(columns(*each)) for each in zip(sort, kinds, choice, strict=True))
        yield Stream(Engine.boolean_query(parts), tuple(read))


def has_several(reader: Reader, sort: Sequence[Sort]) -> bool:
    """Whether some document has several values at one of the paths."""
    return any(reader.searcher.doc_freq("several", field(one.path)) for one in sort)


def columns(sort: Sort, also: str = "", reads_extremes: bool = False) -> Iterator[Column]:
    kinds = sort.kinds or frozenset(Kind)
    extreme, order = ("greatest", "desc") if sort.is_descending else ("least", "asc")
    for kind, letter in KIND_FIELDS.items():
        if kind in kinds or letter == also:
            name = f"{extreme}.{letter}{field(sort.path)}" if reads_extremes else f"{letter}.{field(sort.path)}"
            yield Column(letter, name, order)
