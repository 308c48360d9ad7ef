"""Whether a view matches a clause, in plain Python: the part of the evaluator that knows clauses."""

from __future__ import annotations

import math
import re

from apps.search import analysis
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
    Store,
    SubjectIn,
    ViewDocument,
    Wildcard,
)


def values(view: ViewDocument, path: str, kind: Kind) -> list[Scalar]:
    """The values of a path that can be matched, counted and sorted by. Long strings are only text."""
    if kind is Kind.STRING:
        return [value for value in view.strings.get(path, ()) if len(value) <= MAX_KEYWORD_CHARACTERS]
    if kind is Kind.NUMBER:
        return [float(value) for value in view.numbers.get(path, ())]
    return list({Kind.DATE: view.dates, Kind.BOOLEAN: view.booleans}[kind].get(path, ()))


def matches(view: ViewDocument, clause: Clause, store: Store) -> bool:
    match clause:
        case Everything():
            return True
        case Nothing():
            return False
        case And(clauses):
            return all(matches(view, each, store) for each in clauses)
        case Or(clauses):
            return any(matches(view, each, store) for each in clauses)
        case Not(inner):
            return not matches(view, inner, store)
        case Boosted(inner, _):
            return matches(view, inner, store)
        case Match(path, wanted):
            return any(_holds(view, path, value) for value in wanted)
        case Range():
            return any(_lies_in(value, clause) for value in values(view, clause.path, clause.kind))
        case Exists(path):
            return path in view.paths
        case Like(path, pattern):
            return any(_looks_like(value, pattern) for value in values(view, path, Kind.STRING))
        case Phrase():
            return _says(view, clause, store)
        case Wildcard(pattern, path):
            folded = "".join("".join(analysis.words(character)) or character for character in pattern)
            return any(_looks_like(word, folded) for word in _words(view, path))
        case Fuzzy(word, distance, path):
            return any(edits(analysis.fold(word), other) <= distance for other in _words(view, path))
        case Identified(text):
            folded = analysis.fold(text)
            return text == view.subject or (folded != "" and folded in view.exact)
        case SubjectIn(subjects):
            return view.subject in subjects
        case InSet(tokens):
            return not set(tokens).isdisjoint(view.sets)
        case Box():
            return any(_lies_in_box(point, clause) for point in view.points.get(clause.path, ()))


def _holds(view: ViewDocument, path: str, value: Scalar) -> bool:
    if isinstance(value, bool):
        return value in values(view, path, Kind.BOOLEAN)
    if isinstance(value, str):
        return value in values(view, path, Kind.STRING)
    return not math.isinf(double(value)) and double(value) in values(view, path, Kind.NUMBER)


def double(number: float) -> float:
    """The number as a double; infinite where no double is so large."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _lies_in(value: Scalar, clause: Range) -> bool:
    lower = -math.inf if clause.lower is None else double(clause.lower)
    upper = math.inf if clause.upper is None else double(clause.upper)
    above = value >= lower if clause.includes_lower else value > lower
    below = value <= upper if clause.includes_upper else value < upper
    return above and below


def _looks_like(value: str, pattern: str) -> bool:
    signs = {"*": ".*", "?": "."}
    return re.fullmatch("".join(signs.get(sign, re.escape(sign)) for sign in pattern), value, re.DOTALL) is not None


def _says(view: ViewDocument, phrase: Phrase, store: Store) -> bool:
    is_stemmed = phrase.path is None and store.is_stemmed
    analyse = analysis.stems if is_stemmed else analysis.words
    texts = view.texts if phrase.path is None else view.strings.get(phrase.path, ())
    wanted = analyse(phrase.text)
    return not wanted or any(_stands_in(wanted, analyse(text), phrase.slop) for text in texts)


def _stands_in(wanted: list[str], words: list[str], slop: int) -> bool:
    return any(
        words[start] == wanted[0] and _in_order(wanted, words[start : start + len(wanted) + slop])
        for start in range(len(words))
    )


def _in_order(wanted: list[str], words: list[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in wanted)


def _words(view: ViewDocument, path: str | None) -> list[str]:
    if path is None:
        return list(view.words)
    return [word for text in view.strings.get(path, ()) for word in analysis.words(text)]


def edits(one: str, other: str) -> int:
    """How many letters to put in, take out, change or swap with their neighbour, no letter twice."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _lies_in_box(point: tuple[float, float], box: Box) -> bool:
    latitude, longitude = point
    if box.left <= box.right:
        within = box.left <= longitude <= box.right
    else:
        within = longitude >= box.left or longitude <= box.right
    return within and box.bottom <= latitude <= box.top
