"""The leaves of an advanced text: words, phrases, fuzzy words and ranges, with a path or without.

With a path, a value finds its words side by side in a string, and also the number, the date, or the true and false that
it spells; a value of signs alone is the exact string.
"""

from __future__ import annotations

from typing import Any

from luqum import tree

from apps.search import analysis, dates
from apps.search.forms import bounds, lucene, wildcards
from apps.search.forms.limits import MAX_SLOP, MAX_STARS
from apps.search.forms.simple import Operator, join
from apps.search.types import Clause, Fuzzy, Kind, Match, Phrase, Range, Scalar

Node = Any  # luqum is not typed

_BOOLEANS = {"true": True, "false": False}


def clause(node: Node, path: str | None) -> Clause | None:
    """None for what holds no word."""
    match node:
        case tree.Word():
            return _word(node, path)
        case tree.Phrase():
            return _text(wildcards.plain(node.value[1:-1]), path, is_quoted=True)
        case tree.Proximity():
            if node.degree > MAX_SLOP:
                raise lucene.wrong(f"The words of a phrase may lie at most {MAX_SLOP} apart", node.pos)
            text = wildcards.plain(node.term.value[1:-1])
            return Phrase(text, path, node.degree) if analysis.words(text) else None
        case tree.Fuzzy():
            return _fuzzy(node, path)
        case tree.Range():
            return _range(node, path, node.low, node.high, node.include_low, node.include_high)
        case tree.From():
            return _range(node, path, node.a, None, node.include, True)
        case tree.To():
            return _range(node, path, None, node.a, True, node.include)
    raise lucene.wrong(lucene.REGEX if isinstance(node, tree.Regex) else "This is not understood", node.pos)


def _word(node: Node, path: str | None) -> Clause | None:
    refusal = lucene.refused(node.value)
    if refusal:
        raise lucene.wrong(refusal, node.pos)
    if wildcards.stars(node.value) > MAX_STARS:
        raise lucene.wrong(f"A word may hold at most {MAX_STARS} stars", node.pos)
    if wildcards.has_wildcard(node.value):
        return wildcards.clause(node.value, path)
    return _text(wildcards.plain(node.value), path, is_quoted=False)


def _text(text: str, path: str | None, *, is_quoted: bool) -> Clause | None:
    has_words = bool(analysis.words(text))
    if path is None:
        return Phrase(text) if has_words else None
    clauses: list[Clause] = [Phrase(text, path) if has_words else Match(path, (text,))]
    spelled: list[Scalar] = []
    number = bounds.number(text)
    if number is not None and not is_quoted:
        spelled.append(number)
    if text in _BOOLEANS and not is_quoted:
        spelled.append(_BOOLEANS[text])
    if spelled:
        clauses.append(Match(path, tuple(spelled)))
    span = dates.span(text)
    if span:
        clauses.append(Range(path, Kind.DATE, *span))
    return join(Operator.OR, clauses)


def _fuzzy(node: Node, path: str | None) -> Clause | None:
    words = analysis.words(wildcards.plain(node.term.value))
    degree = float(node.degree)
    if degree not in (0, 0.5, 1, 2):  # luqum says 0.5 where no number was given
        raise lucene.wrong("A fuzzy word ends with ~, ~1 or ~2 (so many letters may differ)", node.pos)
    if degree == 0:
        return _text(wildcards.plain(node.term.value), path, is_quoted=False)
    clauses: list[Clause] = [Fuzzy(word, _distance(word, degree), path) for word in words]
    return join(Operator.AND, clauses) if clauses else None


def _distance(word: str, degree: float) -> int:
    """What was asked for; else one letter may differ, and two in a long word."""
    return int(degree) if degree >= 1 else 2 if len(word) > 5 else 1


def _range(node: Node, path: str | None, low: Node, high: Node, includes_low: bool, includes_high: bool) -> Clause:
    if path is None:
        raise lucene.wrong("Say which field the range is of: field:[a TO b]", node.pos)
    try:
        return bounds.between(
            path,
            _bound(low),
            _bound(high),
            includes_lower=includes_low,
            includes_upper=includes_high,
            is_typed=False,
        )
    except bounds.BadBound as error:
        raise lucene.wrong(f"The range of {path}: {error}", node.pos) from error


def _bound(node: Node) -> str | None:
    """The text of an end of a range; None if it is open."""
    match node:
        case None:
            return None
        case tree.Prohibit():
            return f"-{wildcards.plain(node.a.value)}"
        case tree.Phrase():
            return wildcards.plain(node.value[1:-1])
    return None if node.value == "*" else wildcards.plain(node.value)
