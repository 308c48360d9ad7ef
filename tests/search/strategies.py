"""Random questions about random subjects: clauses nested three deep, facets, orders and audiences."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from hypothesis import strategies as st

from apps.search import types as t
from tests.search.corpora import (
    PRINCIPALS,
    SUBJECTS,
    alike,
    degrees,
    evenly,
    instants,
    longitudes,
    numbers,
    paths_near,
    scalars,
    strings,
    texts,
)

ASKED_TEXTS = ["red blue", "red green", "green blue", "blue red", "crystal", "crystal", "Crystals", "ÉTÉ", "*", "red-"]
FUZZY_WORDS = ["red", "rde", "bleu", "crystall", "crystla", "ete", "Eté", "r", "11"]
PATTERNS = [
    "*",
    "r*",
    "?ed",
    "RED",
    "red?",
    "*l*",
    "crystal?",
    "b?u*",
    "*\\*",
    "*.b*",
    "?",
    "??",
    "(*",
    "*\n*",
    "été*",
    "",
]

some = st.frozensets(st.sampled_from(PRINCIPALS))
most = st.frozensets(st.sampled_from(PRINCIPALS[1:]), max_size=2).map(frozenset(PRINCIPALS).difference)
audiences = evenly(st.just(t.Audience.everything()), st.builds(t.Audience, evenly(some, most, most)))
patterns = st.sampled_from(PATTERNS)
bounds = {
    t.Kind.NUMBER: evenly(st.none(), numbers, numbers, numbers),
    t.Kind.DATE: evenly(st.none(), instants, instants, instants),
}
any_path, of_numbers, of_dates, of_texts = (paths_near(key) for key in "xndt")
word_paths = evenly(st.none(), of_texts)


# --- clauses -------------------------------------------------------------------------------------------------------


def _lists(of: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def _range(path: st.SearchStrategy[str], kind: t.Kind) -> st.SearchStrategy[t.Clause]:
    return st.builds(t.Range, path, st.just(kind), bounds[kind], bounds[kind], st.booleans(), st.booleans())


boxes = st.builds(t.Box, paths_near("at"), degrees, longitudes, degrees, longitudes)
phrases = st.builds(t.Phrase, evenly(st.sampled_from(ASKED_TEXTS), texts), word_paths, st.integers(0, 1))
matches = evenly(
    st.builds(t.Match, any_path, _lists(scalars, 3)),
    st.builds(t.Match, any_path, st.tuples(alike)),
    st.builds(t.Match, of_texts, _lists(texts, 2)),
    st.builds(t.Match, of_numbers, _lists(numbers, 2)),
)
simple_clauses = evenly(
    st.sampled_from([t.Everything(), t.Nothing()]),
    matches,
    matches,
    _range(of_numbers, t.Kind.NUMBER),
    _range(of_numbers, t.Kind.NUMBER),
    _range(of_dates, t.Kind.DATE),
    st.builds(t.Exists, any_path),
    st.builds(t.Like, of_texts, evenly(patterns, strings)),
    phrases,
    phrases,
    phrases,
    st.builds(t.Wildcard, patterns, word_paths),
    st.builds(t.Fuzzy, st.sampled_from(FUZZY_WORDS), st.integers(1, 2), word_paths),
    st.builds(t.Identified, evenly(texts, st.sampled_from(SUBJECTS))),
    st.builds(t.SubjectIn, _lists(st.sampled_from(SUBJECTS), 4)),
    st.builds(t.InSet, _lists(st.sampled_from("stu"), 2)),
    boxes,
    boxes,
)


def _composed(inner: st.SearchStrategy[t.Clause]) -> st.SearchStrategy[t.Clause]:
    return st.one_of(
        st.builds(t.And, _lists(inner, 3)),
        st.builds(t.Or, _lists(inner, 3)),
        st.builds(t.Not, inner),
        st.builds(t.Boosted, inner, st.sampled_from([0.5, 3.0])),
    )


clauses = evenly(simple_clauses, simple_clauses, _composed(evenly(simple_clauses, _composed(simple_clauses))))
everything = st.just(t.Everything())
no_clauses: st.SearchStrategy[tuple[t.Clause, ...]] = st.just(())
few_clauses = evenly(no_clauses, no_clauses, st.tuples(clauses))


# --- facets --------------------------------------------------------------------------------------------------------

common = {
    "name": st.sampled_from("fgh"),
    "filters": few_clauses,
    "counts_missing": st.sampled_from([True, True, False]),
}


def _ranges(path: st.SearchStrategy[str], kind: t.Kind) -> st.SearchStrategy[t.Ranges]:
    pairs = _lists(st.tuples(bounds[kind], bounds[kind]), 4)
    return st.builds(t.Ranges, path=path, ranges=pairs, kind=st.just(kind), **common)


def _statistics(path: st.SearchStrategy[str], kind: t.Kind) -> st.SearchStrategy[t.Statistics]:
    return st.builds(t.Statistics, path=path, kind=st.just(kind), **common)


def _terms(path: st.SearchStrategy[str], excluded: st.SearchStrategy[t.Scalar]) -> st.SearchStrategy[t.Terms]:
    return st.builds(
        t.Terms,
        path=path,
        size=st.sampled_from([50, 50, 3, 1]),
        offset=st.sampled_from([0, 0, 1, 4]),
        by_value=st.booleans(),
        contains=st.sampled_from(["", "", "rE", "É", "1", "*"]),
        exclude=_lists(excluded, 2),
        **common,
    )


prefixes = st.sampled_from(["", "r", "cryst", "e", "."])
facets = evenly(
    _terms(any_path, alike | scalars),
    _terms(of_texts, texts),
    _terms(of_numbers, numbers),
    st.builds(t.Words, path=st.just(""), prefix=prefixes, size=st.sampled_from([50, 1]), **common),
    _ranges(of_numbers, t.Kind.NUMBER),
    _ranges(of_dates, t.Kind.DATE),
    st.builds(
        t.DateHistogram,
        path=of_dates,
        interval=st.sampled_from(list(t.Interval)),
        low=evenly(st.none(), instants),
        high=evenly(st.none(), instants),
        **common,
    ),
    _statistics(of_numbers, t.Kind.NUMBER),
    _statistics(of_dates, t.Kind.DATE),
)


# --- questions -----------------------------------------------------------------------------------------------------

sorts = st.builds(t.Sort, evenly(any_path, of_numbers, of_dates, of_texts), st.booleans())
clause_questions = st.builds(t.Query, filters=st.tuples(clauses), limit=st.just(30))
text_questions = st.builds(t.Query, text=clauses, limit=st.just(30), sort=_lists(sorts, 1))
several_facets = st.lists(facets, min_size=2, max_size=6).map(tuple)
facet_questions = st.builds(t.Query, filters=few_clauses, facets=several_facets, limit=st.just(0))
census = st.builds(t.Terms, name=st.just("how many"), path=st.just("nowhere"), filters=st.tuples(clauses))
census_questions = st.builds(t.Query, facets=st.lists(census, min_size=3, max_size=10).map(tuple), limit=st.just(0))
"""How many subjects match, of several clauses at once: ``missing`` says it, as nobody has the path."""
order_questions = st.builds(t.Query, sort=st.lists(sorts, min_size=1, max_size=2).map(tuple), limit=st.just(30))
mixed_questions = st.builds(
    t.Query,
    text=evenly(everything, clauses),
    words=_lists(st.sampled_from(["red", "crystal"]), 2),
    filters=few_clauses,
    post_filters=few_clauses,
    facets=_lists(facets, 2),
    boosts=_lists(st.builds(t.Boost, of_texts, st.just(2.0)), 1),
    sort=_lists(sorts, 2),
    by_subject=st.booleans(),
    offset=st.sampled_from([0, 0, 2]),
    limit=st.sampled_from([30, 30, 3, 0]),
)
queries = evenly(
    clause_questions,
    census_questions,
    census_questions,
    text_questions,
    facet_questions,
    order_questions,
    mixed_questions,
)


@dataclass(frozen=True)
class Question:
    """Who asks what, and whether the pages behind cursors are turned too."""

    query: t.Query
    audience: t.Audience
    turns_pages: bool

    def __repr__(self) -> str:
        who = "everything" if self.audience.principals is None else sorted(self.audience.principals)
        return f"{tell(self.query)} asked by {who}" + (", page by page" if self.turns_pages else "")


FEWEST_QUESTIONS, MOST_QUESTIONS = 5, 10
"""Of one corpus. Where one fails, the others shrink to nothing much."""


class Asked(tuple[Question, ...]):
    """Questions about one corpus."""

    def __repr__(self) -> str:
        return f"{len(self)} questions"


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    questions = st.builds(Question, queries, audiences, st.booleans())
    return Asked(draw(st.lists(questions, min_size=FEWEST_QUESTIONS, max_size=MOST_QUESTIONS)))


# --- how it is shown -----------------------------------------------------------------------------------------------


def tell(value: Any) -> str:
    """A value as one would write it: dataclasses without what is as by default."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = [(field, getattr(value, field.name)) for field in fields(value)]
        given = [
            f"{field.name}={tell(held)}" for field, held in shown if held is not field.default and held != field.default
        ]
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, tuple):
        return f"({''.join(tell(held) + ', ' for held in value).rstrip()})"
    return str(value) if isinstance(value, t.StrEnum) else repr(value)
