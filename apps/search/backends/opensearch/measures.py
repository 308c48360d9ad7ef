"""Facets that are figures: statistics, and how many different values there are."""

from __future__ import annotations

from apps.search.backends.opensearch import values
from apps.search.backends.opensearch.answers import Answers
from apps.search.backends.opensearch.clauses import any_of
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import LETTERS, field
from apps.search.types import Distinct, FacetResult, Kind, Statistics


def statistics(facet: Statistics) -> Json:
    name = field(facet.kind, facet.path)
    parts: Json = {"figures": {"stats": {"field": name}}}
    percents = sorted({percent for percent in facet.percents if 0 <= percent <= 100})
    if percents:
        parts["percentiles"] = {"percentiles": {"field": name, "percents": percents, "keyed": False}}
    return parts


def read_statistics(facet: Statistics, answers: Answers) -> FacetResult:
    figures = answers["figures"]
    found = answers["percentiles"]["values"] if "percentiles" in answers else []
    percentiles = {each["key"]: each["value"] for each in found}
    measured: dict[str, float | None] = {
        "count": figures["count"],
        "min": figures["min"],
        "max": figures["max"],
        "sum": figures["sum"] if figures["count"] else None,
        "mean": figures["avg"],
        "documents": answers.documents,
        **{f"p{percent:g}": percentiles.get(percent) for percent in facet.percents},
    }
    return FacetResult(facet.name, missing=answers.missing, statistics=measured)


def distinct(facet: Distinct) -> Json:
    return {LETTERS[kind]: {"cardinality": {"field": field(kind, facet.path)}} for kind in _kinds(facet)}


def read_distinct(facet: Distinct, answers: Answers) -> FacetResult:
    measured: dict[str, float | None] = {
        "distinct": sum(answers[LETTERS[kind]]["value"] for kind in _kinds(facet)),
        "documents": answers.documents,
    }
    return FacetResult(facet.name, missing=answers.missing, statistics=measured)


def has_value(facet: Statistics | Distinct) -> Json:
    """Matches what has a value that is measured."""
    return any_of([{"exists": {"field": field(kind, facet.path)}} for kind in _kinds(facet)])


def _kinds(facet: Statistics | Distinct) -> list[Kind]:
    if isinstance(facet, Statistics):
        return [facet.kind]
    return [kind for kind in values.KINDS if kind in facet.kinds]
