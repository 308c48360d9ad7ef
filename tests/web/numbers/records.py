"""Random records for an index that presents all kinds of facets and charts, full of known traps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from apps.search.types import ViewDocument
from tests.search.corpora import evenly
from tests.search.makers import view

T = TypeVar("T")

CALLERS = {
    "alice": {"public", "signed in", "alice", "team"},
    "bob": {"public", "signed in", "bob", "team"},
    "charlie": {"public", "signed in", "charlie"},
    "nobody": {"public"},
}
EVERYBODY = sorted(set().union(*CALLERS.values()))

PROTEINS = [f"P{n:02}" for n in range(14)]
RATES = [0, 1, 2.5, 5, 9.999, 10, 10.5, 55, -3, 0.1 + 0.2, 100, 100, 1e6]
SIZES = [1, 3, 10, 42, 1000, 12_345, 1e6, 7e7]
DAYS = ["2020-02-29", "2020-03-01", "2020-03-31", "2021-12-31T23:30:00-02:00", "2021-12-31", "2022-01-01T00:00:00Z"]
DATES = [*DAYS, *(f"{year}-0{year % 9 + 1}-1{year % 7}" for year in range(2005, 2020)), "0001-01-01", "9999-12-31"]
PLACES = ["a", "a/b", "a/b/c", "a/b/d", "a/e", "ab/c", "f/", "/r", "q?/x", "qa/x", "f", "w*", "wide"]
TEXTS = ["red", "Red blue", "blue crystals", "a crystal", "été"]
ANYTHING = [1, 1.0, "1", True, False, "true", "red", "red", "", 2.5, "x" * 1001, {"y": 1}, "é", 2**53, -0.0]

PRESENTATION: dict[str, Any] = {
    "title": "title",
    "summary": [{"path": "rate", "kind": "number"}],
    "facets": [
        {"path": "protein", "label": "protein"},
        {"path": "sample.type", "label": "sample.type", "by_value": True},
        {"path": "is_open", "label": "is_open", "kind": "boolean"},
        {"path": "rate", "label": "rate", "unit": "%", "kind": "number"},
        {"path": "size", "label": "size", "kind": "number"},
        {"path": "made", "label": "made", "kind": "date"},
        {"path": "place", "label": "place", "separator": "/"},
        {"path": "x", "label": "x"},
    ],
    "charts": [
        {"type": "bars", "path": "protein", "label": "bars"},
        {"type": "histogram", "path": "rate", "label": "rates"},
        {"type": "histogram", "path": "depth", "label": "depths"},
        {"type": "years", "path": "made", "label": "years"},
        {"type": "years", "path": "published", "label": "numbers of years"},
        {"type": "grid", "path": "protein", "across": "x", "label": "grid"},
    ],
    "columns": [{"path": "published", "kind": "number"}, {"path": "rate", "kind": "number"}],
    "sorts": [{"path": "rate"}],
}


def several(of: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[list[T] | T]:
    return evenly(of, st.lists(of, max_size=most))


def odd(usual: st.SearchStrategy[Any], *odd: Any) -> st.SearchStrategy[Any]:
    """Now and then what is none of its kind."""
    return evenly(*[several(usual)] * 6, st.sampled_from([*odd, None]))


contents = st.fixed_dictionaries(
    {"title": st.sampled_from(TEXTS), "protein": odd(st.sampled_from(PROTEINS), {"sub": "P01"}, 7)},
    optional={
        "sample": st.fixed_dictionaries({"type": odd(st.sampled_from(["gel", "ice", "10", "9"]), 9, 10)}),
        "is_open": odd(st.booleans(), "true"),
        "rate": odd(st.sampled_from(RATES), "none", "10"),
        "size": odd(st.sampled_from(SIZES), True),
        "made": odd(evenly(st.sampled_from(DAYS), st.sampled_from(DATES)), "soon", 2020),
        "place": odd(st.sampled_from(PLACES), 5),
        "x": several(st.sampled_from(ANYTHING)),
        "depth": odd(st.floats(-20, 30, width=16), "deep"),
        "published": odd(st.integers(1990, 2001), "soon", "1995", 12_000),
    },
)
audiences = evenly(st.just(["public"]), st.lists(st.sampled_from(EVERYBODY), min_size=1, max_size=2, unique=True))
entries = st.tuples(audiences, contents)


@dataclass(frozen=True)
class Record:
    """A subject and its entries: who sees each, and what it holds."""

    subject: str
    entries: list[tuple[list[str], dict[str, Any]]]

    def seen_by(self, principals: set[str] | None) -> ViewDocument | None:
        """All that these see of it together (None: all that there is), as one document."""
        seen = [content for who, content in self.entries if principals is None or principals.intersection(who)]
        return view(self.subject, *seen) if seen else None


class Records(tuple[Record, ...]):
    """Subjects, shown a line each."""

    def __repr__(self) -> str:
        return "\n".join(["these records:", *(f"    {one}" for one in self)])

    def seen_by(self, principals: set[str] | None) -> list[ViewDocument]:
        return [view for one in self if (view := one.seen_by(principals)) is not None]


@st.composite
def records(draw: st.DrawFn) -> Records:
    count = draw(st.sampled_from([6, 16, 28]))
    some = evenly(*[st.lists(entries, min_size=1, max_size=1)] * 2, st.lists(entries, min_size=2, max_size=3))
    drawn = [draw(evenly(st.none(), *[some] * 6)) for _ in range(count)]
    return Records(Record(f"s{at:02}", held) for at, held in enumerate(drawn) if held)
