"""Facets of a query document, each with the shape in which its answer is written."""

from __future__ import annotations

from collections.abc import Callable

from apps.search import analysis
from apps.search.forms import histograms
from apps.search.forms.filters import FilterReader
from apps.search.forms.histograms import Common, Read
from apps.search.forms.limits import MAX_FACETS, MAX_NAME_CHARACTERS, MAX_VALUES
from apps.search.forms.reading import Fields, Value
from apps.search.types import (
    MAX_BUCKETS,
    Clause,
    Distinct,
    FacetShape,
    FacetType,
    Kind,
    Statistics,
    Terms,
    Words,
)

DEFAULT_SIZE = 10
DEFAULT_PERCENTS = (1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0)
_KINDS = {"number": Kind.NUMBER, "date": Kind.DATE}


class FacetReader:
    def __init__(self, filters: FilterReader, *, is_old: bool) -> None:
        self._filters = filters
        self._is_old = is_old
        self._names: set[str] = set()
        self._types: dict[str, Callable[[Fields, Common, FacetType], Read]] = {
            FacetType.TERMS: _terms,
            FacetType.WORDS: _words,
            FacetType.RANGES: histograms.ranges,
            FacetType.NUMERIC_HISTOGRAM: histograms.numeric_histogram,
            FacetType.DATE_HISTOGRAM: histograms.date_histogram,
            FacetType.SUM: _statistic,
            FacetType.AVG: _statistic,
            FacetType.MIN: _statistic,
            FacetType.MAX: _statistic,
            FacetType.STATS: _statistic,
            FacetType.PERCENTILES: _statistic,
            FacetType.DISTINCT_COUNT: _distinct,
        }

    def facets(self, value: Value) -> list[Read]:
        return [read for each in value.items(MAX_FACETS) if (read := self._facet(each))]

    def _facet(self, value: Value) -> Read | None:
        asked = value.required().fields()
        kind = asked["type"].choice(self._types, FacetType.TERMS)
        if kind not in self._types:
            return None
        path = asked["field_name"]
        if kind != FacetType.WORDS:
            path.required()
        common = Common(self._name(asked), path.path(), () if self._is_old else self._added(asked))
        read = self._types[kind](asked, common, FacetType(kind))
        asked.refuse_others("size", hints=_HINTS if self._is_old else None)  # portals send a size with every facet
        return read

    def _name(self, asked: Fields) -> str:
        """The name given, or the path as it was written; no two facets may share one."""
        path = asked["field_name"].raw
        name = asked["name"].text(path if isinstance(path, str) else "words", most=MAX_NAME_CHARACTERS)
        if name in self._names:
            asked["name"].wrong("Two facets have this name. Give each a name of its own.")
        self._names.add(name)
        return name

    def _added(self, asked: Fields) -> tuple[Clause, ...]:
        return self._filters.clauses(asked["additional_filters"])


_HINTS = {"additional_filters": 'This key belongs to "@version": "query#1.0.0".'}


def _terms(asked: Fields, common: Common, kind: FacetType) -> Read:
    size = asked["size"].whole(1, MAX_BUCKETS, DEFAULT_SIZE)
    offset = asked["offset"].whole(0, MAX_BUCKETS, 0)
    if offset + size > MAX_BUCKETS:
        asked["offset"].wrong(f"offset + size must be at most {MAX_BUCKETS}. Narrow the facet with `contains`.")
    exclude = asked["exclude"]
    facet = Terms(
        name=common.name,
        path=common.path,
        filters=common.filters,
        size=size,
        offset=offset,
        by_value=asked["order"].choice(("count", "value"), "count") == "value",
        contains=asked["contains"].text(),
        exclude=tuple(each.scalar() for each in exclude.items(MAX_VALUES)),
    )
    return facet, FacetShape(kind, shows_missing=asked["missing"].flag())


def _words(asked: Fields, common: Common, kind: FacetType) -> Read:
    size = asked["size"].whole(1, MAX_BUCKETS, DEFAULT_SIZE)
    prefix = "".join(analysis.words(asked["prefix"].required().text())[:1])
    if asked["prefix"].is_given and not prefix:
        asked["prefix"].wrong("must be the beginning of a word")
    return Words(name=common.name, path=common.path, filters=common.filters, prefix=prefix, size=size), FacetShape(kind)


def _distinct(_: Fields, common: Common, kind: FacetType) -> Read:
    return Distinct(name=common.name, path=common.path, filters=common.filters), FacetShape(kind)


def _statistic(asked: Fields, common: Common, kind: FacetType) -> Read:
    """Sum and average are of numbers; what lies on a line has a least and a greatest, so dates have these too."""
    is_sum = kind in (FacetType.SUM, FacetType.AVG)
    values = Kind.NUMBER if is_sum else _KINDS[asked["kind"].choice(_KINDS, "number")]
    percents: tuple[float, ...] = ()
    if kind is FacetType.PERCENTILES:
        percents = tuple(each.required().number(0, 100) or 0.0 for each in asked["percents"].items(100, least=1))
        percents = tuple(dict.fromkeys(percents)) or DEFAULT_PERCENTS
    facet = Statistics(name=common.name, path=common.path, filters=common.filters, kind=values, percents=percents)
    return facet, FacetShape(kind, assumed=asked["missing"].number() if is_sum else None)
