"""From clauses to OpenSearch's query language. Nothing that was asked is read as syntax there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from apps.search import analysis
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import MAX_WORD_CHARACTERS, VALUE_GAP, field, text_field
from apps.search.errors import QueryTooExpensive
from apps.search.types import (
    MAX_KEYWORD_CHARACTERS,
    And,
    Boosted,
    Box,
    Clause,
    Everything,
    Exists,
    Fuzzy,
    Identified,
    InSet,
    Kind,
    Like,
    Match,
    Not,
    Nothing,
    Or,
    Phrase,
    Range,
    Scalar,
    SubjectIn,
    Wildcard,
)

ALL: Json = {"match_all": {}}
NONE: Json = {"match_none": {}}
MAX_NESTING = 100
"""Deeper trees cost the engine a stack that it may not have."""
MAX_BOOST = 1e30  # Boosts are single floats.
_QUANTUM = 360 / 2**32
"""The engine rounds points down to this many degrees, but the lower bounds of a box up."""


def query_of(clause: Clause, nesting: int = 0) -> Json:
    """The engine's query for a clause.

    Raises:
        QueryTooExpensive: clauses are nested more than a hundred deep.
    """
    if nesting > MAX_NESTING:
        raise QueryTooExpensive(f"The query is nested more than {MAX_NESTING} deep. Write it flatter.")
    match clause:
        case And(clauses):
            return _all_of([query_of(each, nesting + 1) for each in clauses])
        case Or(clauses):
            return any_of([query_of(each, nesting + 1) for each in clauses])
        case Not(each):
            return {"bool": {"must_not": [query_of(each, nesting + 1)]}}
        case Boosted(each, factor):
            return {"bool": {"must": [query_of(each, nesting + 1)], "boost": boost_of(factor)}}
    return _leaf(clause)


def _leaf(clause: Clause) -> Json:
    match clause:
        case Match():
            return _match(clause)
        case Phrase():
            return _phrase(clause)
        case Range():
            return _range(clause)
        case Exists(path):
            return {"term": {"p": path}}
        case Like(path, pattern):
            return _wildcard(field(Kind.STRING, path), pattern, MAX_KEYWORD_CHARACTERS)
        case Wildcard(pattern, path):
            return _wildcard(_words(path), _folded_pattern(pattern), MAX_WORD_CHARACTERS)
        case Fuzzy(word, distance, path):
            return _fuzzy(word, distance, _words(path))
        case Identified(text):
            folded = analysis.fold(text)
            return any_of([_terms("s", [text])] + ([_terms("exact", [folded])] if folded else []))
        case SubjectIn(subjects):
            return _terms("s", subjects)
        case InSet(tokens):
            return _terms("sets", tokens)
        case Box():
            return _box(clause)
        case Everything():
            return ALL
        case Nothing():
            return NONE
    raise TypeError(f"{clause!r} is no clause")


def boost_of(factor: float) -> float:
    """The factor as the engine takes it: not negative, and within a single float."""
    return min(factor, MAX_BOOST) if factor > 0 else 0


def any_of(queries: list[Json]) -> Json:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries}} if queries else NONE


def _all_of(queries: list[Json]) -> Json:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"must": queries}} if queries else ALL


def _terms(name: str, values: Sequence[Scalar]) -> Json:
    return {"terms": {name: list(values)}}


def _words(path: str | None) -> str:
    return "w" if path is None else text_field(path)


def _match(clause: Match) -> Json:
    """``True``, ``1`` and ``"1"`` are three values, each in the field of its kind."""
    by_kind: dict[Kind, list[Scalar]] = {}
    for value in clause.values:
        if isinstance(value, bool):
            by_kind.setdefault(Kind.BOOLEAN, []).append(value)
        elif isinstance(value, str):
            if len(value) <= MAX_KEYWORD_CHARACTERS:
                by_kind.setdefault(Kind.STRING, []).append(value)
        elif math.isfinite(number := double(value)):
            by_kind.setdefault(Kind.NUMBER, []).append(number)
    return any_of([_terms(field(kind, clause.path), values) for kind, values in by_kind.items()])


def double(value: float) -> float:
    """The double that stands for a number in the engine: one zero, and infinity for integers beyond all doubles."""
    try:
        return float(value) + 0.0
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _range(clause: Range) -> Json:
    lower = -math.inf if clause.lower is None else double(clause.lower)
    upper = math.inf if clause.upper is None else double(clause.upper)
    name = field(clause.kind, clause.path)
    if math.isnan(lower) or math.isnan(upper) or lower == math.inf or upper == -math.inf:
        return NONE
    bounds: Json = {}
    if lower > -math.inf:
        bounds["gte" if clause.includes_lower else "gt"] = lower
    if upper < math.inf:
        bounds["lte" if clause.includes_upper else "lt"] = upper
    if not bounds:
        return {"exists": {"field": name}}
    if clause.kind is Kind.DATE:
        bounds = _whole(bounds)
    return {"range": {name: bounds}}


def _whole(bounds: dict[str, float]) -> dict[str, int]:
    """The same bounds for whole numbers, within what the engine's ``long`` holds."""
    round_in = {"gte": math.ceil, "gt": math.floor, "lte": math.floor, "lt": math.ceil}
    return {sign: max(-(2**62), min(2**62, round_in[sign](bound))) for sign, bound in bounds.items()}


def _phrase(clause: Phrase) -> Json:
    if not analysis.words(clause.text):
        return ALL
    name = "all" if clause.path is None else text_field(clause.path)
    if clause.slop <= 0:
        return {"match_phrase": {name: {"query": clause.text, "zero_terms_query": "all"}}}
    # A sloppy match_phrase would also take the words in another order.
    gaps = min(clause.slop, VALUE_GAP - 1)
    return {"intervals": {name: {"match": {"query": clause.text, "ordered": True, "max_gaps": gaps}}}}


def _wildcard(name: str, pattern: str, longest: int) -> Json:
    if len(pattern) - pattern.count("*") > longest:
        return NONE
    if not pattern:  # The engine takes this for nothing, not for the empty string.
        return _terms(name, [pattern])
    return {"wildcard": {name: {"value": pattern.replace("\\", "\\\\")}}}


def _fuzzy(word: str, distance: int, name: str) -> Json:
    fuzziness, word = max(1, min(2, distance)), folded(word)
    if len(word) > MAX_WORD_CHARACTERS + fuzziness:
        return NONE
    # This rewrite takes all words within the distance; the default would take the nearest fifty.
    return {"fuzzy": {name: {"value": word, "fuzziness": fuzziness, "rewrite": "constant_score"}}}


def folded(piece: str) -> str:
    """A word, or a piece of one, as the engine's words are written. Several words stay several and match none."""
    words = analysis.words(piece)
    return words[0] if len(words) == 1 and len(words[0]) >= len(piece) else piece.lower()


def _folded_pattern(pattern: str) -> str:
    pieces = re.split(r"([*?]+)", pattern)
    return "".join(piece if piece[:1] in "*?" else folded(piece) for piece in pieces if piece)


def _box(clause: Box) -> Json:
    """A box, or its two halves on both sides of the date line; only what lies on the globe can be asked for."""
    bottom, top = max(clause.bottom, -90), min(clause.top, 90)
    spans: Iterable[tuple[float, float]] = ((clause.left, clause.right),)
    if clause.left > clause.right:
        spans = ((clause.left, 180), (-180, clause.right))
    halves = []
    for left, right in ((max(left, -180), min(right, 180)) for left, right in spans):
        if left <= right and bottom <= top:
            corners = {**_side("bottom", "top", bottom, top, -90), **_side("left", "right", left, right, -180)}
            name = field(Kind.POINT, clause.path)
            halves.append({"geo_bounding_box": {name: corners, "ignore_unmapped": True}})
    return any_of(halves)


def _side(least: str, most: str, low: float, high: float, limit: float) -> Json:
    """The bounds of one side, so that a point on either lies inside. The engine refuses a side of no length."""
    low = max(low - _QUANTUM, limit)
    return {least: low, most: max(high, low + _QUANTUM / 100)}
