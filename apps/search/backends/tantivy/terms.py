"""Facets of values and of words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, NamedTuple

from apps.search.backends.tantivy.asking import Answers, Asking, Rule, columns, exists, missing
from apps.search.backends.tantivy.clauses import Compiled, escaped
from apps.search.backends.tantivy.layout import string_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import QueryTooExpensive
from apps.search.types import Bucket, FacetResult, Kind, Scalar, Terms, Words

SLACK = 20
"""So many buckets more are asked for, that equal counts at the end of a page seldom need a second look."""
CHEAP = 1_000
"""So many values of each segment are looked at first. Facets of fewer values are exact at once; more cost more."""
MOST = 60_000
"""The engine refuses more than 65,000 buckets."""
_VALUES = frozenset({Kind.STRING, Kind.NUMBER, Kind.BOOLEAN})
_RANK = {"n": 0, "k": 1, "kd": 1, "b": 2}


class Counted(NamedTuple):
    """A value with the rank of its kind."""

    rank: int
    value: Scalar
    number: int


def terms(facet: Terms) -> Asking:
    """Values of all kinds, ordered here. Asks again where the engine may have cut too much off, until it has not."""
    end = facet.offset + facet.size
    if end > MOST:
        raise QueryTooExpensive(
            f"Facet {facet.name!r} ends beyond {MOST} values. Narrow it.", place=f"facets.{facet.name}"
        )
    names = columns(facet, frozenset({Kind.STRING}) if facet.contains else _VALUES)
    wanted = min(end + 1 + len(facet.exclude) + SLACK, MOST)
    answers = yield {letter: _rule(facet, letter, name, wanted) for letter, name in names.items()} | exists(facet)
    found = _ordered(facet, answers)
    tied = -1
    while not facet.by_value and (unsure := _unsure(answers, found, end, tied)):
        tied = _count_at(found, end)
        request = {letter: _rule(facet, letter, names[letter], wanted, segment_size=MOST) for letter in unsure}
        request |= {f"{letter} tied": _tied(facet, letter, names[letter], 2 * wanted, tied) for letter in unsure}
        more = yield request | exists(facet)
        answers = Answers(more.total, answers.counted | more.counted)
        found = _ordered(facet, answers)
    buckets = tuple(Bucket(value, count) for _, value, count in found[facet.offset : end])
    return FacetResult(facet.name, buckets, missing=missing(answers), has_more=len(found) > end)


def words(facet: Words, reader: Reader, query: Compiled) -> Asking:
    """Words by count, then by the word, as the engine gives them."""
    yield {}
    found = reader.searcher.terms_with_prefix("w", facet.prefix, filter_query=query, limit=facet.size)
    return FacetResult(facet.name, tuple(Bucket(word, count) for word, count in found))


def _rule(facet: Terms, letter: str, name: str, size: int, segment_size: int = CHEAP) -> Rule:
    asked: dict[str, Any] = {"field": name, "size": size, "segment_size": max(size, segment_size)}
    if facet.by_value and letter == "n":
        asked |= {"size": MOST, "segment_size": MOST}  # The engine does not order whole numbers among others.
    elif facet.by_value:
        asked["order"] = {"_key": "asc"}
    if facet.contains:
        asked["include"] = f"(?is:=.*{escaped(facet.contains)}.*)"
    return {"terms": asked}


def _tied(facet: Terms, letter: str, name: str, size: int, count: int) -> Rule:
    """The values that count no less, in the order of values: the first of them stand on the page."""
    rule = _rule(replace(facet, by_value=True), letter, name, size, segment_size=MOST)
    return {"terms": rule["terms"] | {"min_doc_count": max(count, 1)}}


def _unsure(answers: Answers, found: list[Counted], end: int, tied: int) -> list[str]:
    """The columns of which something was cut off that may stand on the page, or that may count more than was said.

    Of values that count ``tied`` the first were asked for already (-1: nothing was).
    """
    asked = {letter: answer for letter, answer in answers.counted.items() if letter in _RANK}
    unsure = []
    for letter, answer in asked.items():
        is_guess = tied < 0 and answer.get("doc_count_error_upper_bound", 0) > 0
        is_cut = answer["sum_other_doc_count"] > 0 and answer["buckets"][-1]["doc_count"] >= _count_at(found, end)
        if is_guess or (is_cut and tied != _count_at(found, end)):
            unsure.append(letter)
    return unsure


def _count_at(found: list[Counted], end: int) -> int:
    """What the last value of the page counts."""
    return found[end - 1].number if 0 < end <= len(found) else 0


def _ordered(facet: Terms, answers: Answers) -> list[Counted]:
    """What was found so far, in the facet's order."""
    excluded = {(type(value) is bool, value) for value in facet.exclude}
    counts: dict[tuple[int, Scalar], int] = {}
    for name, answer in answers.counted.items():
        letter = name.removesuffix(" tied")
        if letter in _RANK:
            some = _counts(letter, answer)
            counts |= {(_RANK[letter], v): n for v, n in some.items() if (letter == "b", v) not in excluded}
    found = [Counted(rank, value, count) for (rank, value), count in counts.items()]
    found.sort(key=lambda one: one[:2] if facet.by_value else (-one.number, *one[:2]))
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
