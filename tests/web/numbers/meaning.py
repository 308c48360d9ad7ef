"""Which records a page is about, in plain Python: OR inside a facet, AND across them.

A facet obeys what is chosen of all others, and of its own only what every record must have (``all``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from apps.search import analysis, dates
from apps.search.types import (
    And,
    Clause,
    Exists,
    Identified,
    Kind,
    Like,
    Match,
    Or,
    Phrase,
    Range,
    Scalar,
    ViewDocument,
    Wildcard,
)
from tests.search.evaluator import STEMMED
from tests.search.matching import matches, values
from tests.web.numbers.asking import Asked, Pick

Views = list[ViewDocument]
LENGTHS = {"year": 4, "month": 7, "day": 10}
ALTERNATIVES = ("any", "range", "like", "year", "month", "day")


def hits(views: Views, asked: Asked) -> Views:
    return [
        view for view in views if _says(view, asked.words) and all(_keeps(view, asked, path) for path in _paths(asked))
    ]


def beside(views: Views, asked: Asked, path: str) -> Views:
    """Those that a facet of the path counts."""
    others = [path_ for path_ in _paths(asked) if path_ != path]
    return [
        view
        for view in views
        if _says(view, asked.words)
        and all(_keeps(view, asked, other) for other in others)
        and all(_has(view, pick) for pick in asked.of(path) if pick.how == "all")
    ]


def _paths(asked: Asked) -> set[str]:
    return {pick.path for pick in asked.picks}


def _keeps(view: ViewDocument, asked: Asked, path: str) -> bool:
    """What is chosen the same way is alternatives, but "all" and "not"; "missing" is one more to each of them."""
    picks = asked.of(path)
    ways = {how: [pick for pick in picks if pick.how == how] for how in ALTERNATIVES}
    ways["given"] = [pick for pick in picks if (pick.how, pick.value) == ("exists", "true")]
    is_missing = Pick(path, "exists", "false") in picks
    groups = [several for several in ways.values() if several] or [[]] * is_missing
    return (
        all(_has(view, pick) for pick in picks if pick.how == "all")
        and not any(_has(view, pick) for pick in picks if pick.how == "not")
        and all(any(_has(view, one) for one in group) or (is_missing and path not in view.paths) for group in groups)
    )


def _has(view: ViewDocument, pick: Pick) -> bool:
    match pick.how:
        case "exists":
            return path_exists(view, pick.path)
        case "range":
            return _lies_between(view, pick.path, *bounds(pick.value))
        case "like":
            return matches(view, Like(pick.path, pick.value), STEMMED)
        case "year" | "month" | "day":
            return pick.value in days(view, pick.path, LENGTHS[pick.how])
    return holds(view, pick.path, pick.value)


def path_exists(view: ViewDocument, path: str) -> bool:
    return matches(view, Exists(path), STEMMED)


def holds(view: ViewDocument, path: str, text: str) -> bool:
    """Whether a value of the path is written so in an address."""
    return matches(view, Match(path, tuple(_readings(text))), STEMMED)


def _readings(text: str) -> Iterator[Scalar]:
    yield text
    if text.lower() in ("true", "false"):
        yield text.lower() == "true"
    try:
        yield float(text)
    except ValueError:
        pass


def bounds(value: str) -> tuple[str, str, bool]:
    """Both ends of a range ("" is open), and whether the upper one is left out."""
    low, high = value.split("--")
    return low.strip("*"), high.strip("*<"), high.startswith("<")


def _lies_between(view: ViewDocument, path: str, low: str, high: str, is_below: bool) -> bool:
    if not low and not high:
        return path_exists(view, path)
    return any(
        matches(view, Range(path, kind, start, end, includes_upper=not is_below), STEMMED)
        for kind, start, end in _spans(low, high, is_below)
    )


def _spans(low: str, high: str, is_below: bool) -> Iterator[tuple[Kind, float, float]]:
    """As numbers and as dates, as far as both ends are such."""
    try:
        yield Kind.NUMBER, float(low or -math.inf), float(high or math.inf)
    except ValueError:
        pass
    first, last = (dates.span(end) if end else (dates.FIRST_MS, dates.LAST_MS + 1) for end in (low, high))
    if first and last:
        yield Kind.DATE, first[0], last[0 if is_below and high else 1]


def days(view: ViewDocument, path: str, length: int = 10) -> set[str]:
    """The days (months, years) of a path in UTC."""
    return {dates.moment(int(at)).isoformat()[:length] for at in values(view, path, Kind.DATE)}


def _says(view: ViewDocument, words: str) -> bool:
    return not words.strip("*") or matches(
        view, Or((And(tuple(_clauses(words))), Identified(words.strip('"')))), STEMMED
    )


def _clauses(words: str) -> Iterable[Clause]:
    if words.startswith('"'):
        return [Phrase(words.strip('"'))]
    return [Wildcard(analysis.fold(word) + "*") if word.endswith("*") else Phrase(word) for word in words.split()]
