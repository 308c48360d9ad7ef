"""How the answers of an engine and of the evaluator are compared, and how a difference is told."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain
from typing import Any

from apps.search.types import FacetResult, Query, Results
from tests.search.corpora import Corpus
from tests.search.evaluator import answer
from tests.search.shelf import Shelf, told
from tests.search.strategies import Question, tell

ALL = 1000


def assert_agrees(shelf: Shelf, corpus: Corpus, question: Question) -> None:
    """The engine's answer is the evaluator's, as far as a promise says what it is."""
    query, audience = question.query, question.audience
    views = [view for record in corpus for view in record.views().views]
    whole = answer(views, replace(query, offset=0, limit=ALL), audience, shelf.store)
    subjects = [hit.subject for hit in whole.hits]

    found = shelf.ask(query, audience)

    differences = _hits(query, subjects, found) + _parts(whole, found)
    if question.turns_pages:
        pages = list(chain(*shelf.pages(replace(query, facets=(), offset=0, limit=3), audience)))
        differences += _difference("pages", subjects, pages if _is_ordered(query) else sorted(pages))
    assert not differences, "\n".join(["", *differences, f"  to {question}", f"  of {corpus!r}"])


def _is_ordered(query: Query) -> bool:
    return query.by_subject or bool(query.sort)


def _hits(query: Query, subjects: list[str], found: Results) -> list[str]:
    """By relevance a page may hold any of the subjects, each once; else it is said which, and where."""
    got = [hit.subject for hit in found.hits]
    expected = subjects[query.offset : query.offset + query.limit]
    if _is_ordered(query):
        return _difference("hits", expected, got)
    others = [subject for subject in got if subject not in subjects]
    return _difference("number of hits", len(expected), len(set(got))) + _difference(
        "hits that do not match", [], others
    )


def _parts(whole: Results, found: Results) -> list[str]:
    differences = _difference("total", whole.total, found.total)
    for place, (expected, got) in enumerate(zip(whole.facets, found.facets, strict=True)):
        for (name, one), (_, other) in zip(_told(expected), _told(got), strict=True):
            differences += _difference(f"facets[{place}] {name}", one, other)
    return differences


def _told(facet: FacetResult) -> list[tuple[str, Any]]:
    """What is promised of a facet, by name."""
    return [
        ("name", facet.name),
        ("buckets", [(told(bucket.value), bucket.count) for bucket in facet.buckets]),
        ("missing", facet.missing),
        ("has_more", facet.has_more),
        ("statistics", facet.statistics),
    ]


def _difference(what: str, expected: Any, got: Any) -> list[str]:
    if expected == got or (isinstance(expected, dict) and _is_near(expected, got)):
        return []
    return [f"  {what}: expected {tell(expected)}", f"  {' ' * len(what)}   but got {tell(got)}"]


def _is_near(expected: dict[str, float | None], got: dict[str, float | None]) -> bool:
    """Sums depend on the order of what is summed, by a little of the largest."""
    extent = max((abs(value) for value in expected.values() if value), default=0)
    return expected.keys() == got.keys() and all(
        value == got[name]
        or (value is not None and got[name] is not None and math.isclose(value, got[name], abs_tol=extent * 1e-12))
        for name, value in expected.items()
    )
