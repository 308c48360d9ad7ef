"""Facets whose buckets are values: terms, and words of the all-text field."""

from __future__ import annotations

from apps.search.backends.opensearch import patterns
from apps.search.backends.opensearch.answers import Answers
from apps.search.backends.opensearch.clauses import folded
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import LETTERS, MAX_WORD_CHARACTERS, field
from apps.search.types import Bucket, FacetResult, Kind, Scalar, Terms, Words

KINDS = (Kind.NUMBER, Kind.STRING, Kind.BOOLEAN)
"""What values are, in the order in which those of equal counts are shown."""

MAX_SIZE = 100_000
"""More than the engine ever counts (``search.max_buckets``): past 65,535 buckets it refuses by itself."""


def terms(facet: Terms) -> Json:
    """One aggregation a kind, each long enough for the whole page to come from it.

    What is excluded is asked for too and dropped later: the engine takes no list beside an expression.
    """
    size = min(facet.offset + facet.size + 1 + len(facet.exclude), MAX_SIZE)
    parts: Json = {}
    for kind in _kinds(facet):
        asked: Json = {"field": field(kind, facet.path), "size": size}
        if facet.by_value:
            asked["order"] = {"_key": "asc"}
        if facet.contains:
            asked["include"] = patterns.containing(facet.contains)
        parts[LETTERS[kind]] = {"terms": asked}
    return parts


def read_terms(facet: Terms, answers: Answers) -> FacetResult:
    """The page of buckets. Each kind comes in order, and a stable sort by count keeps that order among equals."""
    excluded = {_told_apart(value) for value in facet.exclude}
    buckets = [
        Bucket(value, found["doc_count"])
        for kind in _kinds(facet)
        for found in answers[LETTERS[kind]]["buckets"]
        if _told_apart(value := _value(kind, found["key"])) not in excluded
    ]
    if not facet.by_value:
        buckets.sort(key=lambda bucket: -bucket.count)
    end = facet.offset + facet.size
    return FacetResult(facet.name, tuple(buckets[facet.offset : end]), answers.missing, len(buckets) > end)


def words(facet: Words) -> Json:
    prefix = folded(facet.prefix)
    if facet.size < 1 or len(prefix) > MAX_WORD_CHARACTERS:
        return {}
    asked: Json = {"field": "w", "size": facet.size}
    if prefix:
        asked["include"] = patterns.escaped(prefix) + ".*"
    return {"w": {"terms": asked}}


def read_words(facet: Words, answers: Answers) -> FacetResult:
    found = answers["w"]["buckets"] if "w" in answers else []
    return FacetResult(facet.name, tuple(Bucket(bucket["key"], bucket["doc_count"]) for bucket in found))


def _kinds(facet: Terms) -> list[Kind]:
    return [kind for kind in KINDS if kind in facet.kinds and (kind is Kind.STRING or not facet.contains)]


def _told_apart(value: Scalar) -> tuple[bool, Scalar]:
    """To Python ``True`` equals 1."""
    return isinstance(value, bool), value


def _value(kind: Kind, key: str | float) -> Scalar:
    if kind is Kind.BOOLEAN:
        return bool(key)
    if isinstance(key, float) and key.is_integer() and abs(key) <= 2**53:
        return int(key)
    return key
