"""What passes between a facet, or a page, and the engine.

Each is a generator that yields what it wants to be counted, is sent the counts, and returns its result. So all that
look at the same subjects are answered by one call of the engine, and those few that must look again by one more.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from apps.search.backends.tantivy.clauses import Compiled
from apps.search.backends.tantivy.layout import DATE_STRINGS, KIND_FIELDS
from apps.search.backends.tantivy.stores import Reader
from apps.search.paths import field
from apps.search.types import Facet, FacetResult, Kind

Rule = dict[str, Any]  # An aggregation in the engine's JSON.
Request = dict[str, Rule]


@dataclass(frozen=True, slots=True)
class Answers:
    """How many subjects match, and what was counted, under the names of the request."""

    total: int
    counted: dict[str, Any]  # The engine's JSON.

    def with_more(self, more: Answers) -> Answers:
        return Answers(self.total, self.counted | more.counted)


T = TypeVar("T")
Looking = Generator[Request, Answers, T]
Asking = Looking[FacetResult]

_HAS = "has"


def answered(reader: Reader, query: Compiled, asking: Sequence[Looking[Any]]) -> tuple[int, list[Any]]:
    """How many subjects match, and the result of each that asks over them. Any: of each its own type."""
    requests = {number: next(one) for number, one in enumerate(asking)}
    results: dict[int, Any] = {}
    total = -1
    while requests:
        rules = {f"{number} {name}": rule for number, request in requests.items() for name, rule in request.items()}
        answers = reader.searcher.aggregate(query, rules | {"total": {"value_count": {"field": "s"}}})
        total = int(answers["total"]["value"])
        again: dict[int, Request] = {}
        for number, request in requests.items():
            mine = Answers(total, {name: answers[f"{number} {name}"] for name in request})
            try:
                again[number] = asking[number].send(mine)
            except StopIteration as end:
                results[number] = end.value
        requests = again
    return total, [results[number] for number in range(len(asking))]


def exists(facet: Facet) -> Request:
    """How many subjects have the path, for ``missing``. A field's name is safe in the parser's quotes."""
    return {_HAS: {"filter": f'p:"{field(facet.path)}"'}} if facet.counts_missing else {}


def missing(answers: Answers) -> int:
    """How many subjects lack the path; -1 where it was not asked for."""
    return answers.total - int(answers.counted[_HAS]["doc_count"]) if _HAS in answers.counted else -1


def columns(facet: Facet, kinds: frozenset[Kind]) -> dict[str, str]:
    """The engine's columns of the path that may hold these kinds: the field's letter, and the column.

    Strings that are dates lie in a column of their own.
    """
    seen = facet.kinds or frozenset(Kind)
    letters = [letter for kind, letter in KIND_FIELDS.items() if kind in kinds & seen]
    if Kind.STRING in kinds and Kind.DATE in seen:
        letters.append(DATE_STRINGS)
    return {letter: f"{letter}.{field(facet.path)}" for letter in letters}


def has_values(names: dict[str, str]) -> Rule:
    """How many subjects have a value in any of the columns."""
    return {"filter": " OR ".join(f"{name}:*" for name in names.values())}
