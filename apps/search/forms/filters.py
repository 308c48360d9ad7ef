"""Filters of a query document to clauses. Values are typed as JSON types them: ``1`` is a number, ``"1"`` a text.

Empty lists are refused: an empty ``match_all`` or ``and`` would be everything, which nobody should ask for by accident,
least of all of a deletion.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from apps.search import geometry
from apps.search.forms import bounds
from apps.search.forms.limits import (
    MAX_ALL_VALUES,
    MAX_CLAUSES,
    MAX_FILTER_DEPTH,
    MAX_POLYGONS,
    MAX_STARS,
    MAX_VALUES,
)
from apps.search.forms.reading import Fields, Value
from apps.search.types import MAX_KEYWORD_CHARACTERS, And, Box, Clause, Exists, Like, Match, Not, Nothing, Or, Within


@dataclass(frozen=True, slots=True)
class Filter:
    """A top-level filter. ``is_post``: it narrows the hits, but not what facets count."""

    clause: Clause
    is_post: bool


class FilterReader:
    """Reads the filters of one document and counts them.

    ``is_old``: of version 2017-09-01, where a top-level filter has ``post_filter`` (deeper it is not heard).
    """

    def __init__(self, *, is_old: bool) -> None:
        self._is_old = is_old
        self._count = 0
        self._polygons = 0
        self._values = 0
        self._depth = 0
        self._kinds: dict[str, Callable[[Fields], Clause]] = {
            "match_any": self._match_any,
            "match_all": self._match_all,
            "range": self._range,
            "exists": lambda asked: Exists(asked["field_name"].required().path()),
            "like": self._like,
            "not": lambda asked: Not(self.clause(asked["filter"])),
            "and": lambda asked: And(self._inner(asked)),
            "or": lambda asked: Or(self._inner(asked)),
            "geo_bounding_box": self._box,
            "geo_shape": self._shape,
        }

    def filters(self, value: Value) -> list[Filter]:
        return [Filter(self.clause(each), self._is_post(each)) for each in value.items(MAX_CLAUSES)]

    def clauses(self, value: Value) -> tuple[Clause, ...]:
        return tuple(self.clause(each) for each in value.items(MAX_CLAUSES))

    def clause(self, value: Value) -> Clause:
        """The clause of one filter; Nothing where a problem was told of."""
        self._count += 1
        self._depth += 1
        clause = self._clause(value)
        self._depth -= 1
        return clause

    def _clause(self, value: Value) -> Clause:
        if self._depth > MAX_FILTER_DEPTH or self._count > MAX_CLAUSES:
            value.wrong(_TOO_MANY)
            return Nothing()
        asked = value.required().fields()
        kind = asked["type"].required().choice(self._kinds, "")
        if kind not in self._kinds:
            return Nothing()
        clause = self._kinds[kind](asked)
        if self._is_old:
            asked["post_filter"].flag()
        asked.refuse_others(hints=_HINTS)
        return clause

    def _is_post(self, value: Value) -> bool:
        """Version 2017-09-01: all but ``match_all`` leave the facets alone, unless they say so."""
        if not self._is_old or not isinstance(value.raw, dict):
            return False
        said = value.raw.get("post_filter")
        return said if isinstance(said, bool) else value.raw.get("type") != "match_all"

    def _counted(self, values: Value) -> list[Value]:
        """Values that make a clause each."""
        items = values.required().items(MAX_CLAUSES, least=1)
        self._count += len(items)
        if self._count > MAX_CLAUSES:
            values.wrong(_TOO_MANY)
            return []
        return items

    def _inner(self, asked: Fields) -> tuple[Clause, ...]:
        items = asked["filters"].required().items(MAX_CLAUSES, least=1)
        return tuple(self.clause(each) for each in items)

    def _match_any(self, asked: Fields) -> Clause:
        path = asked["field_name"].required().path()
        values = asked["values"].required().items(MAX_VALUES, least=1)
        self._values += len(values)
        if self._values > MAX_ALL_VALUES:
            asked["values"].wrong(f"All filters together may hold at most {MAX_ALL_VALUES} values.")
            return Nothing()
        return Match(path, tuple(value.scalar() for value in values))

    def _match_all(self, asked: Fields) -> Clause:
        path = asked["field_name"].required().path()
        values = self._counted(asked["values"])
        clauses = tuple(Match(path, (value.scalar(),)) for value in values)
        return clauses[0] if len(clauses) == 1 else And(clauses)

    def _range(self, asked: Fields) -> Clause:
        path = asked["field_name"].required().path()
        ranges = self._counted(asked["values"])
        clauses = tuple(_range(path, each) for each in ranges)
        return clauses[0] if len(clauses) == 1 else Or(clauses)

    def _like(self, asked: Fields) -> Clause:
        value = asked["value"].required()
        pattern = value.text(most=MAX_KEYWORD_CHARACTERS, least=1)
        if pattern.count("*") > MAX_STARS:
            value.wrong(f"must hold at most {MAX_STARS} stars")
        return Like(asked["field_name"].required().path(), pattern)

    def _box(self, asked: Fields) -> Clause:
        path = asked["field_name"].required().path()
        top, left = _corner(asked["top_left"])
        bottom, right = _corner(asked["bottom_right"])
        if bottom > top:
            asked["bottom_right"].wrong("must not lie north of top_left")
        return Box(path, top, left, bottom, right)

    def _shape(self, asked: Fields) -> Clause:
        path = asked["field_name"].required().path()
        relation = asked["relation"].choice(("intersects", "within"), "intersects")
        shape = asked["shape"].required()
        self._polygons += 1
        if self._polygons > MAX_POLYGONS:
            shape.wrong(f"There may be at most {MAX_POLYGONS} polygons. Join some to one MultiPolygon.")
        if not shape.is_given:
            return Nothing()
        is_polygon = isinstance(shape.raw, dict) and shape.raw.get("type") in ("Polygon", "MultiPolygon")
        if not (is_polygon and geometry.read(shape.raw)):
            shape.wrong("must be a GeoJSON Polygon of longitudes and latitudes, its rings closed")
            return Nothing()
        return Within(path, json.dumps(shape.raw), is_inside=relation == "within")


_TOO_MANY = f"There may be at most {MAX_CLAUSES} filters and values of them, nested at most {MAX_FILTER_DEPTH} deep."
_HINTS = {
    "post_filter": 'This key belongs to version 2017-09-01. Put the filter into "post_facet_filters" instead.',
}
_LOWER = {"from": True, "gte": True, "low": True, "gt": False}
_UPPER = {"to": True, "lte": True, "high": True, "lt": False}


def _range(path: str, value: Value) -> Clause:
    asked = value.required().fields()
    lower, includes_lower = _end(asked, _LOWER)
    upper, includes_upper = _end(asked, _UPPER)
    asked.refuse_others()
    if not asked.raw:
        value.wrong('must hold "from" or "to"')
    try:
        return bounds.between(path, lower, upper, includes_lower=includes_lower, includes_upper=includes_upper)
    except bounds.BadBound as error:
        value.wrong(str(error))
        return Nothing()


def _end(asked: Fields, names: dict[str, bool]) -> tuple[bounds.Bound, bool]:
    """The one bound of a side, and whether it belongs to the range."""
    given = [(value, includes) for name, includes in names.items() if (value := asked[name]).is_given]
    if len(given) > 1:
        given[1][0].wrong(f"Give one of {', '.join(names)}.")
    for value, includes in given[:1]:
        bound = value.scalar()
        if isinstance(bound, bool):
            value.wrong('must be a number, a date such as 2021-04-30, or "*"')
        elif bound != "*":
            return bound, includes
    return None, True


def _corner(value: Value) -> tuple[float, float]:
    asked = value.required().fields()
    latitude = asked["lat"].required().number(-90, 90)
    longitude = asked["lon"].required().number(-180, 180)
    asked.refuse_others()
    return latitude or 0, longitude or 0
