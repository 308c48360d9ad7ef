"""Values that an address writes alike are one value of a page: the number 1 and the text "1", true and "true".

A choice finds all of them, so that its line counts the records that have any of them. Where a path has values of
several kinds, each value that may stand for others is counted again by itself: the others may be rare, and so not among
the first ones; and a record that has several is one record. On the pages of all values it is one line of one page, in
the place of the kind that comes first; another page has a line less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from apps.search.forms.choices import Choice, How, clauses, spelled
from apps.search.types import AnyFacet, Bucket, Clause, Distinct, FacetResult, Match, Scalar, Terms
from apps.web.facets import facet as facets

MOST = 100
"""Each is a count of its own."""


def asks(asked: Sequence[AnyFacet], results: Sequence[FacetResult], mixed: Collection[str]) -> list[AnyFacet]:
    """``mixed`` are the paths with values of several kinds."""
    return [
        Distinct(
            name=name,
            path=facet.path,
            filters=(*facet.filters, *of),
            counts_missing=False,
        )
        for facet, result in zip(asked, results, strict=True)
        if isinstance(facet, Terms) and facet.path in mixed
        for name, of in _counts(facet, result)
    ]


def _counts(facet: Terms, result: FacetResult) -> Iterator[tuple[str, Sequence[Clause]]]:
    """What is to be counted, each with its name: values of all kinds together, and those of an earlier page apart."""
    for text in _ambiguous(result):
        yield _name(facet, text), clauses([Choice(facet.path, How.ANY, text)])
    for bucket in result.buckets:
        for other in _others(facet, bucket):
            yield _name(facet, other, _rank(other)), [Match(facet.path, (other,))]


def merged(
    asked: Sequence[AnyFacet], results: Sequence[FacetResult], again: Sequence[FacetResult]
) -> tuple[FacetResult, ...]:
    """The answers, each value once, in the place of its commonest kind. ``again`` is what was asked by ``asks``."""
    counts = {result.name: facets.documents(result) for result in again}
    return tuple(_merged(*pair, counts) for pair in zip(asked, results, strict=True))


def _merged(facet: AnyFacet, result: FacetResult, counts: Mapping[str, int]) -> FacetResult:
    kept: dict[object, Bucket] = {}
    for bucket in result.buckets:
        text = bucket.value if isinstance(bucket.value, tuple) else facets.spelled(bucket.value)
        if text not in kept and not _is_earlier(facet, bucket, counts):
            kept[text] = replace(bucket, count=counts.get(_name(facet, text), bucket.count))
    return replace(result, buckets=tuple(kept.values()))


def _is_earlier(facet: AnyFacet, bucket: Bucket, counts: Mapping[str, int]) -> bool:
    """Whether it stands on an earlier page, in the place of a commoner kind or of one that comes first."""

    def place(value: object, count: int) -> tuple[int, int]:
        is_by_value = isinstance(facet, Terms) and facet.by_value
        return (0 if is_by_value else -count, _rank(value))

    mine = place(bucket.value, bucket.count)
    others = ((other, counts.get(_name(facet, other, _rank(other)), 0)) for other in _others(facet, bucket))
    return any(count and place(other, count) < mine for other, count in others)


def _others(facet: AnyFacet, bucket: Bucket) -> list[Scalar]:
    """The values of other kinds that are written so, where they may stand on an earlier page."""
    if not isinstance(facet, Terms) or not facet.offset or facet.contains or isinstance(bucket.value, tuple):
        return []
    text = facets.spelled(bucket.value)
    alike = (value for value in spelled(text) if facets.spelled(value) == text)
    return [value for value in alike if _rank(value) != _rank(bucket.value)]


def _rank(value: object) -> int:
    """As ``Terms`` orders kinds."""
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _ambiguous(result: FacetResult) -> list[str]:
    texts = dict.fromkeys(text for text, _ in facets.counted(result.buckets))
    return [text for text in texts if len(spelled(text)) > 1][:MOST]


def _name(facet: AnyFacet, value: object, kind: int | None = None) -> str:
    return f"{facet.name}={value}" if kind is None else f"{facet.name}#{kind}={value}"
