"""Random subjects, drawn from few values so that they and questions meet, and full of known traps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from apps.search import dates, paths
from apps.search import types as t
from tests.search.makers import Content, record, shared

T = TypeVar("T")

PRINCIPALS = [t.PUBLIC, t.ALL_AUTHENTICATED, "alice", "bob", "group"]
SUBJECTS = ["a", "B", "é", "🐟", "ﬀ", "https://a.b/red", "red", *(f"s{i}" for i in range(18))]
NUMBERS = [-0.0, -7, 10, -1.5e-7, 0.1 + 0.2, 1e300, 2**53 - 1, 2**53, 2**53 + 2, 2.0**64]
DATES = ["2020-02-29", "2021-12-31T23:30:00-02:00", "1969-07-20 20:17:40", "2020-03-01", "9999-12-31", "0001-01-01"]
TEXTS = ["red", "Red", "red blue", "red green blue", "crystals", "a crystal", "été ETE", "1"]
ODD_STRINGS = ["", "true", "a.b*", "back\\slash", "line\nbreak", "🐟", "(x|y)", "x" * 1001]
TRAPS = ["x", "y", "a.b", ""]
"""Keys at which anything may stand. At ``n d t at`` stand mostly numbers, dates, texts and points."""


def evenly(*choices: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """One of the choices, each as often as it stands here; ``st.one_of`` weighs the parts of its parts alike."""
    return st.integers(0, len(choices) - 1).flatmap(lambda place: choices[place])


numbers = evenly(st.integers(0, 3), st.just(2.5), st.sampled_from(NUMBERS))
moments = st.sampled_from(DATES)
texts = st.sampled_from(TEXTS)
strings = evenly(texts, texts, st.sampled_from(ODD_STRINGS), moments)
scalars = evenly(numbers, strings, st.booleans())
degrees = st.sampled_from([-90, -20.5, 0, 20.25, 90])
longitudes = degrees.map(lambda degree: degree * 2)
points = st.tuples(degrees, longitudes)
instants = moments.map(lambda date: dates.span(date)[0]) | st.integers(-3, 3)


def paths_near(key: str) -> st.SearchStrategy[str]:
    """Mostly the key's own path; else one that some records have, in which anything stands."""
    trapped = [(one,) for one in TRAPS] + [("x", one) for one in TRAPS]
    any_path = st.sampled_from([*map(paths.join, trapped), "n", "d", "t", "at", "nowhere"])
    return evenly(st.just(key), st.sampled_from([key, "x", "y"]), any_path)


alike = st.sampled_from([1, True, "1", "true", 0, False])
leaves = evenly(scalars, scalars, alike, points, st.none())
keys = st.sampled_from(TRAPS)
values = evenly(
    leaves, leaves, st.lists(leaves, max_size=4), st.lists(st.dictionaries(keys, leaves, max_size=3), max_size=2)
)
objects = st.dictionaries(keys, values, max_size=2)


def several(of: st.SearchStrategy[T]) -> st.SearchStrategy[list[T] | T]:
    return evenly(of, st.lists(of, max_size=3))


typed = st.fixed_dictionaries(
    {"n": several(numbers), "d": several(moments), "t": several(texts), "at": several(points)}
)
mixed = st.fixed_dictionaries(
    {"x": values, "y": evenly(values, objects)}, optional={"a.b": values, "": values, "n": values}
)
contents = evenly(st.dictionaries(keys, values, max_size=2), typed, typed, mixed, mixed)
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
    some = evenly(st.lists(entries, min_size=1, max_size=1), st.lists(entries, min_size=1, max_size=3))
    names, sets = st.lists(texts, max_size=1), st.lists(st.sampled_from("st"), max_size=2, unique=True)
    return st.builds(Record, st.just(subject), some, names, sets)


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
