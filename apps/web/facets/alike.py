"""Values that an address writes alike are one value of a page: the number 1 and the text "1", true and "true".

A choice finds all of them, so that its line counts the records that have any of them. Where a path has values of
several kinds, each value that may stand for others is counted again by itself: the others may be rare, and so not among
the first ones; and a record that has several is one record.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from apps.search.forms.choices import Choice, How, clauses, spelled
from apps.search.types import AnyFacet, Bucket, Distinct, FacetResult, Terms
from apps.web.facets import facet as facets

MOST = 100
"""Each is a count of its own."""


def asks(asked: Sequence[AnyFacet], results: Sequence[FacetResult], mixed: Collection[str]) -> list[AnyFacet]:
    """``mixed`` are the paths with values of several kinds."""
    return [
        Distinct(
            name=_name(facet, text),
            path=facet.path,
            filters=(*facet.filters, *clauses([Choice(facet.path, How.ANY, text)])),
            counts_missing=False,
        )
        for facet, result in zip(asked, results, strict=True)
        if isinstance(facet, Terms) and facet.path in mixed
        for text in _ambiguous(result)
    ]


def merged(
    asked: Sequence[AnyFacet], results: Sequence[FacetResult], again: Sequence[FacetResult]
) -> tuple[FacetResult, ...]:
    """The answers, each value once, in the place of its commonest kind. ``again`` is what was asked by ``asks``."""
    counts = {result.name: facets.documents(result) for result in again}
    return tuple(_merged(*pair, counts) for pair in zip(asked, results, strict=True))


def _merged(facet: AnyFacet, result: FacetResult, counts: dict[str, int]) -> FacetResult:
    kept: dict[object, Bucket] = {}
    for bucket in result.buckets:
        text = bucket.value if isinstance(bucket.value, tuple) else facets.spelled(bucket.value)
        if text not in kept:
            kept[text] = replace(bucket, count=counts.get(_name(facet, text), bucket.count))
    return replace(result, buckets=tuple(kept.values()))


def _ambiguous(result: FacetResult) -> list[str]:
    texts = dict.fromkeys(text for text, _ in facets.counted(result.buckets))
    return [text for text in texts if len(spelled(text)) > 1][:MOST]


def _name(facet: AnyFacet, text: object) -> str:
    return f"{facet.name}={text}"
