"""Facets of values and of words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from apps.search.backends.tantivy.asking import Answers, Asking, Rule, columns, exists, missing
from apps.search.backends.tantivy.clauses import Compiled, escaped
from apps.search.backends.tantivy.layout import string_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import MAX_BUCKETS, Bucket, FacetResult, Kind, Scalar, Terms, Words

SLACK = 20
"""So many buckets more are asked for, that equal counts at the end of a page seldom need a second look."""
MOST = 60_000
"""The engine refuses more than 65,000 buckets."""
_VALUES = frozenset({Kind.STRING, Kind.NUMBER, Kind.BOOLEAN})
_RANK = {"n": 0, "k": 1, "kd": 1, "b": 2}


def terms(facet: Terms) -> Asking:
    """Values of all kinds, ordered here. Asks again where the engine's cut may have gone through equal counts."""
    end = facet.offset + facet.size
    names = columns(facet, frozenset({Kind.STRING}) if facet.contains else _VALUES)
    wanted = min(end + 1 + len(facet.exclude) + SLACK, MAX_BUCKETS)
    answers = yield {letter: _rule(facet, letter, name, wanted) for letter, name in names.items()} | exists(facet)
    found = _ordered(facet, answers, names)
    if not facet.by_value and not all(_is_exact(answers.counted[letter], found, end) for letter in names):
        request = {letter: _rule(facet, letter, name, MAX_BUCKETS, segment_size=MOST) for letter, name in names.items()}
        request |= {
            f"{k} by value": rule | {"terms": rule["terms"] | {"order": {"_key": "asc"}}} for k, rule in request.items()
        }
        answers = yield request | exists(facet)
        found = _ordered(facet, answers, names)
    buckets = tuple(Bucket(value, count) for _, value, count in found[facet.offset : end])
    return FacetResult(facet.name, buckets, missing=missing(answers), has_more=len(found) > end)


def words(facet: Words, reader: Reader, query: Compiled) -> Asking:
    """Words by count, then by the word, as the engine gives them."""
    yield {}
    found = reader.searcher.terms_with_prefix("w", facet.prefix, filter_query=query, limit=facet.size)
    return FacetResult(facet.name, tuple(Bucket(word, count) for word, count in found))


def _rule(facet: Terms, letter: str, name: str, size: int, **more: Any) -> Rule:  # Any: the engine's JSON
    asked: dict[str, Any] = {"field": name, "size": size, **more}
    if facet.by_value and letter == "n":
        asked["size"] = MOST  # The engine does not order whole numbers among others.
    elif facet.by_value:
        asked |= {"order": {"_key": "asc"}, "segment_size": size}
    if facet.contains:
        asked["include"] = f"(?is:=.*{escaped(facet.contains)}.*)"
    return {"terms": asked}


def _is_exact(answer: dict[str, Any], found: list[tuple[int, Scalar, int]], end: int) -> bool:
    """Whether no value that was cut off could stand on the page, or count more than was said."""
    if answer["doc_count_error_upper_bound"]:
        return False
    return (
        not answer["sum_other_doc_count"] or len(found) < end or found[end - 1][2] > answer["buckets"][-1]["doc_count"]
    )


def _ordered(facet: Terms, answers: Answers, names: dict[str, str]) -> list[tuple[int, Scalar, int]]:
    """Each value with the rank of its kind before it and its count behind, in the facet's order."""
    excluded = {(type(value) is bool, value) for value in facet.exclude}
    counts: dict[tuple[int, Scalar], int] = {}
    for letter in names:
        by_count = _counts(letter, answers.counted[letter])
        by_value = _counts(letter, answers.counted.get(f"{letter} by value", {"buckets": ()}))
        for value, count in (by_count | by_value).items():
            if (letter == "b", value) not in excluded:
                counts[(_RANK[letter], value)] = count
    found = [(rank, value, count) for (rank, value), count in counts.items()]
    found.sort(key=lambda one: one[:2] if facet.by_value else (-one[2], *one[:2]))
    return found


def _counts(letter: str, answer: dict[str, Any]) -> Counter[Scalar]:
    counts: Counter[Scalar] = Counter()
    for bucket in answer["buckets"]:
        counts[_value(letter, bucket["key"])] += bucket["doc_count"]
    return counts


def _value(letter: str, key: str | float) -> Scalar:
    if letter == "b":
        return key == "true"
    # Doubles come back as integers where they are whole; 2^64 as the greatest that the engine has.
    return string_of(key) if isinstance(key, str) else float(key)
