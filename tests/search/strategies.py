"""Random subjects, audiences and questions, drawn from few values so that they meet, and full of known traps."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from apps.search import dates, paths
from apps.search import types as t
from tests.search.makers import Content, record, shared

T = TypeVar("T")

PRINCIPALS = [t.PUBLIC, t.ALL_AUTHENTICATED, "alice", "bob", "group"]
SUBJECTS = ["a", "B", "é", "🐟", "ﬀ", "https://a.b/red", "red", *(f"s{i}" for i in range(18))]
NUMBERS = [0, 1, 2, 2.5, -0.0, -7, 1.5, 10, -1.5e-7, 0.1 + 0.2, 1e300, 2**53 - 1, 2**53, 2**53 + 2, 2.0**64]
DATES = ["2020-02-29", "2021-12-31T23:30:00-02:00", "1969-07-20 20:17:40", "2020-03-01", "9999-12-31", "0001-01-01"]
TEXTS = ["red", "Red", "red blue", "blue red green", "crystals", "a crystal", "the crystallised", "été ETE", "1", "2 3"]
ODD_STRINGS = ["", "true", "a.b*", "back\\slash", "line\nbreak", "🐟", "(x|y)", "x" * 1001]
KEYS = ["x", "y", "a.b", ""]
PATHS = [*(paths.join((key,)) for key in KEYS), *(paths.join(("x", key)) for key in KEYS), "nowhere"]
WORDS = ["red", "blue", "crystal", "crystals", "crystallised", "ete", "Été", "rde", "1", "2020", "fish"]


def evenly(*choices: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """One of the choices, each as often as it stands here; ``st.one_of`` weighs the parts of its parts alike."""
    return st.integers(0, len(choices) - 1).flatmap(lambda place: choices[place])


numbers = st.sampled_from(NUMBERS) | st.integers(-3, 12)
texts = st.sampled_from(TEXTS)
strings = texts | st.sampled_from(ODD_STRINGS) | st.sampled_from(DATES)
scalars = numbers | strings | st.booleans()
degrees = st.sampled_from([-90, -20.5, 0, 20.25, 90])
points = st.tuples(degrees, degrees.map(lambda degree: degree * 2))
instants = st.sampled_from(DATES).map(lambda date: dates.span(date)[0]) | st.integers(-3, 3)
some_paths = evenly(st.just("x"), st.sampled_from(["x", "y"]), st.sampled_from(PATHS))


# --- what is written -----------------------------------------------------------------------------------------------

leaves = scalars | points | st.none()
keys = st.sampled_from(KEYS)
values = evenly(
    leaves, leaves, st.lists(leaves, max_size=4), st.lists(st.dictionaries(keys, leaves, max_size=3), max_size=2)
)
objects = st.dictionaries(keys, values, max_size=2)
filled = st.fixed_dictionaries(
    {"x": values, "y": evenly(values, values, objects)}, optional={"a.b": values, "": values}
)
contents = evenly(st.dictionaries(keys, values | objects, max_size=2), filled, filled)
visibilities = evenly(st.just([t.PUBLIC]), st.lists(st.sampled_from(PRINCIPALS), min_size=1, max_size=3, unique=True))
entries = st.tuples(visibilities, contents)


@dataclass(frozen=True)
class Record:
    """A subject as it is drawn: its entries, and what else its views hold."""

    subject: str
    entries: list[tuple[list[str], Content]]
    exact: list[str]
    sets: list[str]

    def __repr__(self) -> str:
        more = f", named {self.exact}" * bool(self.exact) + f", in sets {self.sets}" * bool(self.sets)
        return f"{self.subject!r}: " + "; ".join(f"{content} for {who}" for who, content in self.entries) + more

    def views(self) -> t.SubjectViews:
        more = {"exact": tuple(self.exact), "sets": tuple(self.sets)}
        if len(self.entries) > 1:
            return shared(self.subject, *self.entries, **more)
        visible_to, content = self.entries[0]
        return record(self.subject, content, visible_to, **more)


def records(subject: str) -> st.SearchStrategy[Record]:
    several = evenly(st.lists(entries, min_size=1, max_size=1), st.lists(entries, min_size=1, max_size=3))
    names, sets = st.lists(texts, max_size=1), st.lists(st.sampled_from("st"), max_size=2, unique=True)
    return st.builds(Record, st.just(subject), several, names, sets)


class Corpus(tuple[Record, ...]):
    """Subjects, shown a line each."""

    def __repr__(self) -> str:
        return "\n".join(["these records:", *(f"    {record}" for record in self)])


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Ten to twenty-five subjects, most often; a failing case shrinks to fewer, because each may be left out."""
    subjects = SUBJECTS[: draw(st.sampled_from([13, 18, 25]))]
    drawn = [draw(evenly(st.none(), *[records(subject)] * 5)) for subject in subjects]
    return Corpus(one for one in drawn if one is not None)


# --- what is asked -------------------------------------------------------------------------------------------------

some = st.frozensets(st.sampled_from(PRINCIPALS))
most = st.frozensets(st.sampled_from(PRINCIPALS[1:]), max_size=2).map(frozenset(PRINCIPALS).difference)
audiences = evenly(st.just(t.Audience.everything()), st.builds(t.Audience, evenly(some, most, most)))
patterns = st.lists(st.sampled_from(["*", "?", "re", "red", "blue", "cryst", "a", ".", "\\", "["]), max_size=4).map(
    "".join
)
number_bounds = st.none() | numbers
date_bounds = st.none() | instants
words = st.sampled_from(WORDS)
word_paths = st.none() | some_paths

simple_clauses = st.one_of(
    st.builds(t.Match, some_paths, st.lists(scalars, max_size=3).map(tuple)),
    st.builds(t.Range, some_paths, st.just(t.Kind.NUMBER), number_bounds, number_bounds, st.booleans(), st.booleans()),
    st.builds(t.Range, some_paths, st.just(t.Kind.DATE), date_bounds, date_bounds, st.booleans(), st.booleans()),
    st.builds(t.Exists, some_paths),
    st.builds(t.Like, some_paths, patterns | strings),
    st.builds(t.Phrase, texts | words | st.just("*"), word_paths, st.integers(0, 1)),
    st.builds(t.Wildcard, patterns, word_paths),
    st.builds(t.Fuzzy, words, st.integers(1, 2), word_paths),
    st.builds(t.Identified, texts | st.sampled_from(SUBJECTS)),
    st.builds(t.SubjectIn, st.lists(st.sampled_from(SUBJECTS), max_size=4).map(tuple)),
    st.builds(t.InSet, st.lists(st.sampled_from("stu"), max_size=2).map(tuple)),
    st.builds(t.Box, some_paths, degrees, degrees, degrees, degrees),
    st.sampled_from([t.Everything(), t.Nothing()]),
)


def _composed(inner: st.SearchStrategy[t.Clause]) -> st.SearchStrategy[t.Clause]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(t.And, several),
        st.builds(t.Or, several),
        st.builds(t.Not, inner),
        st.builds(t.Boosted, inner, st.sampled_from([0.5, 3.0])),
    )


clauses = evenly(simple_clauses, _composed(evenly(simple_clauses, _composed(simple_clauses))))
no_clauses: st.SearchStrategy[tuple[t.Clause, ...]] = st.just(())
few_clauses = evenly(no_clauses, no_clauses, st.tuples(clauses))
common = {"name": st.sampled_from("fgh"), "path": some_paths, "filters": few_clauses}


def _ranges(kind: t.Kind, bounds: st.SearchStrategy[float | None]) -> st.SearchStrategy[t.Ranges]:
    pairs = st.lists(st.tuples(bounds, bounds), max_size=3).map(tuple)
    return st.builds(t.Ranges, ranges=pairs, kind=st.just(kind), **common)


facets = st.one_of(
    st.builds(
        t.Terms,
        size=st.sampled_from([1, 3, 50]),
        offset=st.sampled_from([0, 0, 1, 4]),
        by_value=st.booleans(),
        contains=st.sampled_from(["", "", "rE", "É", "1", "*"]),
        exclude=st.lists(scalars, max_size=2).map(tuple),
        **common,
    ),
    st.builds(t.Words, prefix=st.sampled_from(["", "r", "cryst", "e", "."]), size=st.sampled_from([1, 50]), **common),
    _ranges(t.Kind.NUMBER, number_bounds),
    _ranges(t.Kind.DATE, date_bounds),
    st.builds(t.DateHistogram, interval=st.sampled_from(list(t.Interval)), low=date_bounds, high=date_bounds, **common),
    st.builds(t.Statistics, kind=st.sampled_from([t.Kind.NUMBER, t.Kind.DATE]), **common),
)
everything = st.just(t.Everything())
sorts = st.builds(t.Sort, some_paths, st.booleans())
queries = st.builds(
    t.Query,
    text=evenly(everything, everything, clauses),
    words=st.lists(words, max_size=2).map(tuple),
    filters=few_clauses,
    post_filters=few_clauses,
    facets=st.lists(facets, max_size=3).map(tuple),
    boosts=st.lists(st.builds(t.Boost, some_paths, st.just(2.0)), max_size=1).map(tuple),
    sort=st.lists(sorts, max_size=2).map(tuple),
    by_subject=st.booleans(),
    offset=st.sampled_from([0, 0, 2]),
    limit=st.sampled_from([30, 30, 3, 0]),
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


MOST_QUESTIONS = 10
"""Of one corpus. A failing case shrinks to one."""


class Asked(tuple[Question, ...]):
    """Questions about one corpus."""

    def __repr__(self) -> str:
        return f"{len(self)} questions"


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    questions = st.builds(Question, queries, audiences, st.booleans())
    return Asked(draw(st.lists(questions, min_size=1, max_size=MOST_QUESTIONS)))


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
