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
    """Values of all kinds, ordered here. Asks again where counts are guesses, and where equal counts were cut off.

    A segment of the store that holds more than ``MOST`` values keeps a guess.
    """
    end = facet.offset + facet.size
    if end > MOST:
        message = f"Facet {facet.name!r} reaches beyond {MOST} values. Narrow it."
        raise QueryTooExpensive(message, place=f"facets.{facet.name}")
    names = columns(facet, frozenset({Kind.STRING}) if facet.contains else _VALUES)
    wanted = min(end + 1 + len(facet.exclude) + SLACK, MOST)
    answers = yield {letter: _rule(facet, letter, name, wanted) for letter, name in names.items()} | exists(facet)
    if guessed := [x for x in names if answers.counted[x].get("doc_count_error_upper_bound")]:
        request = {letter: _rule(facet, letter, names[letter], wanted, segment_size=MOST) for letter in guessed}
        answers = answers.with_more((yield request))
    found = _ordered(facet, answers)
    count = found[end - 1].number if 0 < end <= len(found) else 0
    if not facet.by_value and (cut := [letter for letter in names if _is_cut(answers.counted[letter], count)]):
        request = {
            f"{letter} tied": _tied(facet, letter, names[letter], min(2 * wanted, MOST), count) for letter in cut
        }
        answers = answers.with_more((yield request))
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


def _is_cut(answer: dict[str, Any], count: int) -> bool:
    """Whether there may be values beyond those told that count as much as this."""
    return bool(answer["sum_other_doc_count"] and answer["buckets"][-1]["doc_count"] >= count)


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
