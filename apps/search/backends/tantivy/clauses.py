"""Clauses as queries of the engine."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import Any

from tantivy import Occur
from tantivy import Query as Engine

from apps.search import analysis, dates
from apps.search.backends.tantivy import bounds
from apps.search.backends.tantivy.layout import DATE_STRINGS, MAX_SLOP, POINT_SLOTS, keyword, point_key, sortable
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import QueryTooExpensive
from apps.search.paths import field
from apps.search.types import (
    And,
    Boost,
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
    Wildcard,
)

MAX_CLAUSES = 5_000
FEW_TERMS = 100
MAX_NESTING = 100  # The engine recurses into clauses; its stack ends between 1,000 and 10,000.
MAX_PATTERNS = 50  # Each is compiled to an automaton, which takes up to 0.1 s.
MAX_PATTERN_CHARACTERS = 1_000
_REGEX_SIGNS = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")

Compiled = Any  # tantivy is not typed


def all_of(queries: Sequence[Compiled]) -> Compiled:
    return Engine.boolean_query([(Occur.Must, query) for query in queries]) if queries else Engine.all_query()


def any_of(queries: Sequence[Compiled]) -> Compiled:
    if len(queries) == 1:
        return queries[0]
    return Engine.boolean_query([(Occur.Should, query) for query in queries]) if queries else Engine.empty_query()


def unscored(query: Compiled) -> Compiled:
    return Engine.const_score_query(query, 0.0)


def flat(query: Compiled) -> Compiled:
    """One score for all that match, so that a ``Boosted`` around it says the score itself."""
    return Engine.const_score_query(query, 1.0)


def escaped(text: str) -> str:
    """A text as a regular expression of the engine that matches just it."""
    return _REGEX_SIGNS.sub(r"\\\g<0>", text)


class Compiler:
    """Compiles the clauses of one question. It counts them: past the limits it is ``QueryTooExpensive``."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self._index, self._schema, self._searcher = reader.index, reader.schema, reader.searcher
        self._store = store
        self._clauses = self._patterns = 0

    def filters(self, clauses: Iterable[Clause]) -> list[Compiled]:
        return [unscored(self.query(clause)) for clause in clauses]

    def boosts(self, words: Sequence[str], boosts: Iterable[Boost]) -> list[Compiled]:
        """What lifts the score where a word of the text stands in a path."""
        return [
            Engine.boost_query(any_of([self._word(word, boost.path) for word in words]), boost.factor)
            for boost in boosts
            if words
        ]

    def query(self, clause: Clause, nesting: int = 0) -> Compiled:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES or nesting > MAX_NESTING:
            raise QueryTooExpensive(
                f"More than {MAX_CLAUSES} clauses, or more than {MAX_NESTING} inside one another. Use fewer."
            )
        match clause:
            case And(clauses):
                return self._and(clauses, nesting)
            case Or(clauses):
                return any_of([self.query(one, nesting + 1) for one in clauses if not self._is_vain(one)])
            case Not(inner):
                without = (Occur.MustNot, self.query(inner, nesting + 1))
                return Engine.boolean_query([(Occur.Must, Engine.all_query()), without])
            case Boosted(inner, factor):
                return Engine.boost_query(self.query(inner, nesting + 1), factor)
            case Phrase():
                return self._phrase(clause)
            case Everything():
                return Engine.all_query()
            case Nothing():
                return Engine.empty_query()
            case _:
                return flat(self._plain(clause))

    def constant(self, clause: Clause) -> float | None:
        """The one score that all matches of the clause have, where it is plain that they have one."""
        match clause:
            case Boosted(inner, factor):
                score = self.constant(inner)
                return None if score is None else score * factor
            case Or(clauses):
                telling = [one for one in clauses if not self._is_vain(one)]
                return self.constant(telling[0]) if len(telling) == 1 else None
            case And() | Phrase():
                return None
            case _:
                return 1.0

    def _is_vain(self, clause: Clause) -> bool:
        """Whether it is plain that the clause matches nothing: most texts are no subject, identifier or title."""
        match clause:
            case Boosted(inner, _):
                return self._is_vain(inner)
            case Identified(text):
                return not any(self._searcher.doc_freq(name, word) for name, word in _identities(text))
            case _:
                return isinstance(clause, Nothing)

    def _and(self, clauses: Sequence[Clause], nesting: int) -> Compiled:
        """Negations go straight into the conjunction: the engine then need not walk all documents for each."""
        parts = [(Occur.Must, self.query(one, nesting + 1)) for one in clauses if not isinstance(one, Not | Everything)]
        without = [(Occur.MustNot, self.query(one.clause, nesting + 2)) for one in clauses if isinstance(one, Not)]
        return Engine.boolean_query([*(parts or [(Occur.Must, Engine.all_query())]), *without])

    def _plain(self, clause: Clause) -> Compiled:
        match clause:
            case Match(path, values):
                return self._match(path, values)
            case Range():
                return self._range(("n." if clause.kind is Kind.NUMBER else "d.") + field(clause.path), clause)
            case Exists(path):
                return self._term("p", field(path))
            case Like(path, pattern):
                return self._like(path, pattern)
            case Wildcard(pattern, path):
                return self._pattern("w" if path is None else "t", path, _wildcard(_folded(pattern)))
            case Fuzzy(word, distance, path):
                name = "w" if path is None else f"t.{field(path)}"
                return Engine.fuzzy_term_query(self._schema, name, analysis.fold(word), max(0, min(distance, 2)))
            case Identified(text):
                return any_of([self._term(name, word) for name, word in _identities(text)])
            case SubjectIn(subjects):
                return self._terms("s", [sortable(subject) for subject in subjects])
            case InSet(tokens):
                return self._terms("sets", list(tokens))
            case Box():
                return self._box(clause)
            case _:
                raise TypeError(f"no clause: {clause!r}")

    # --- values ---

    def _term(self, name: str, value: Scalar) -> Compiled:
        return Engine.term_query(self._schema, name, value, "basic")

    def _terms(self, name: str, values: Sequence[Scalar]) -> Compiled:
        """Few terms are looked up one by one; for many the engine builds an automaton, which grows less as a query."""
        if len(values) > FEW_TERMS:
            return Engine.term_set_query(self._schema, name, values)
        return any_of([self._term(name, value) for value in values])

    def _match(self, path: str, values: Sequence[Scalar]) -> Compiled:
        wanted: dict[str, list[Scalar]] = {}
        for value in values:
            if isinstance(value, bool):
                wanted.setdefault("b", []).append("true" if value else "false")
            elif isinstance(value, str):
                name = "k" if dates.instant(value) is None else DATE_STRINGS
                wanted.setdefault(name, []).append(keyword(value))
            elif math.isfinite(number := bounds.double(value)):
                wanted.setdefault("n", []).append(number + 0.0)
        return any_of([self._terms(f"{name}.{field(path)}", some) for name, some in wanted.items()])

    def _range(self, name: str, clause: Range) -> Compiled:
        if bounds.is_open(clause):
            return Engine.exists_query(name)
        # All that the parser is given was made here: names of letters, digits and "_", and decimal numbers.
        return any_of([self._index.parse_query(f"{name}:{literal}", ["s"]) for literal in bounds.literals(clause)])

    def _box(self, clause: Box) -> Compiled:
        """A point is a latitude and a longitude in the same slot. Where no document has two points, one slot is all."""
        slots = POINT_SLOTS if self._searcher.doc_freq("several", field(clause.path)) else 1
        sides = [(clause.left, clause.right)]
        if clause.left > clause.right:
            sides = [(clause.left, 180.0), (-180.0, clause.right)]
        return any_of(
            [
                all_of([self._axis(clause.path, slot, "lat", clause.bottom, clause.top), any_of(longitudes)])
                for slot in range(slots)
                if (longitudes := [self._axis(clause.path, slot, "lon", left, right) for left, right in sides])
            ]
        )

    def _axis(self, path: str, slot: int, axis: str, low: float, high: float) -> Compiled:
        return self._range("g." + point_key(path, slot, axis), Range(path, Kind.NUMBER, low, high))

    # --- words ---

    def _phrase(self, clause: Phrase) -> Compiled:
        if clause.path is None:
            words = analysis.stems(clause.text) if self._store.is_stemmed else analysis.words(clause.text)
            return self._side_by_side("all", words, clause.slop)
        return self._side_by_side(f"t.{field(clause.path)}", analysis.words(clause.text), clause.slop)

    def _side_by_side(self, name: str, words: Sequence[str], slop: int) -> Compiled:
        if not words:
            return Engine.all_query()
        if len(words) == 1:
            return Engine.term_query(self._schema, name, words[0], "freq")
        if slop <= 1:
            return Engine.phrase_query(self._schema, name, list(words), slop)
        # With more slop the engine would also take the words in another order: each way to part them is a phrase.
        ways = list(islice(_positions(len(words), min(slop, MAX_SLOP)), MAX_CLAUSES - self._clauses))
        self._clauses += len(ways)
        return any_of([Engine.phrase_query(self._schema, name, [*zip(way, words, strict=True)]) for way in ways])

    def _word(self, word: str, path: str) -> Compiled:
        return self._side_by_side(f"t.{field(path)}", analysis.words(word), 0)

    # --- patterns ---

    def _like(self, path: str, pattern: str) -> Compiled:
        if not set(pattern) & {"*", "?"}:
            return self._match(path, (pattern,))
        if not pattern.strip("*"):
            return any_of([Engine.exists_query(f"{name}.{field(path)}") for name in ("k", DATE_STRINGS)])
        expression = keyword(_wildcard(pattern))
        return any_of([self._pattern(name, path, expression) for name in ("k", DATE_STRINGS)])

    def _pattern(self, name: str, path: str | None, expression: str) -> Compiled:
        """A term of a JSON field is its key, NUL, "s" for strings, and the string."""
        self._patterns += 1
        if self._patterns > MAX_PATTERNS or len(expression) > 2 * MAX_PATTERN_CHARACTERS:
            raise QueryTooExpensive(
                f"More than {MAX_PATTERNS} patterns, or one of more than {MAX_PATTERN_CHARACTERS} characters."
            )
        start = "" if path is None else f"{field(path)}\0s"
        return Engine.regex_query(self._schema, name, f"{start}(?s:{expression})")


def _identities(text: str) -> list[tuple[str, str]]:
    """The fields, and what stands in them of a subject that the text identifies."""
    folded = analysis.fold(text)
    return [("s", sortable(text)), *([("exact", folded)] if folded else [])]


def _wildcard(pattern: str) -> str:
    """A pattern of ``*`` and ``?`` as a regular expression."""
    return escaped(re.sub(r"\*+", "*", pattern)).replace(r"\*", ".*").replace(r"\?", ".")


def _positions(words: int, slop: int) -> Iterator[tuple[int, ...]]:
    """Where so many words may stand, in order and with at most ``slop`` others between them; close ones first."""
    for length in range(words, words + slop + 1):
        yield from ((0, *middle, length - 1) for middle in combinations(range(1, length - 1), words - 2))


def _folded(pattern: str) -> str:
    """Each letter as it stands in words, all other signs as they are: no word has them."""
    return "".join("".join(analysis.words(sign)) or sign for sign in pattern)
