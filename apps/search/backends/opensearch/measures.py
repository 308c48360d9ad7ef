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
    parts: Json = {"figures": {"stats": {"field": name}}, "documents": _holds_any([name])}
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
        "documents": answers["documents"]["doc_count"],
        **{f"p{percent:g}": percentiles.get(percent) for percent in facet.percents},
    }
    return FacetResult(facet.name, missing=answers.missing, statistics=measured)


def distinct(facet: Distinct) -> Json:
    names = {kind: field(kind, facet.path) for kind in _kinds(facet)}
    parts: Json = {LETTERS[kind]: {"cardinality": {"field": name}} for kind, name in names.items()}
    return {**parts, "documents": _holds_any(list(names.values()))}


def read_distinct(facet: Distinct, answers: Answers) -> FacetResult:
    measured: dict[str, float | None] = {
        "distinct": sum(answers[LETTERS[kind]]["value"] for kind in _kinds(facet)),
        "documents": answers["documents"]["doc_count"],
    }
    return FacetResult(facet.name, missing=answers.missing, statistics=measured)


def _kinds(facet: Distinct) -> list[Kind]:
    return [kind for kind in values.KINDS if kind in facet.kinds]


def _holds_any(names: list[str]) -> Json:
    return {"filter": any_of([{"exists": {"field": name}} for name in names])}
