"""Random states of the search page, as addresses and as what was drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hypothesis import strategies as st

from apps.search.types import Sort
from tests.search.corpora import evenly
from tests.web.numbers.records import PLACES, PROTEINS

WORDS = ["red", "blue", "red blue", '"red blue"', "crystal", "cryst*", "ETE", "green", "*", "s01"]
BOXES = {"any": "filter", "all": "filter-match-all", "year": "filter-year", "month": "filter-month"}


@dataclass(frozen=True)
class Pick:
    """One thing chosen of a path. ``how`` is any, all, not, range, exists, like, year, month or day."""

    path: str
    how: str
    value: str

    @property
    def pair(self) -> tuple[str, str]:
        return f"{BOXES.get(self.how, f'filter-{self.how}')}.{self.path}", self.value


@dataclass(frozen=True)
class Asked:
    words: str = ""
    picks: tuple[Pick, ...] = ()
    sort: tuple[Sort, ...] = ()
    limit: int = 10
    page: int = 1
    sees_all: bool = False

    def of(self, path: str) -> list[Pick]:
        return [pick for pick in self.picks if pick.path == path]

    def chosen(self, path: str, how: str) -> list[str]:
        return [pick.value for pick in self.of(path) if pick.how == how]

    def without(self, pick: Pick) -> Asked:
        return replace(self, picks=tuple(one for one in self.picks if one != pick), page=1)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        rest = {
            "q": self.words,
            "sort": ",".join(f"{'-' * sort.is_descending}{sort.path}" for sort in self.sort),
            "limit": "" if self.limit == 10 else str(self.limit),
            "page": "" if self.page == 1 else str(self.page),
            "bypass_visible_to": "true" if self.sees_all else "",
        }
        return [*(pick.pair for pick in self.picks), *(pair for pair in rest.items() if pair[1])]

    @property
    def query(self) -> str:
        return urlencode(self.pairs)


def _picks(path: str, how: str, *values: str) -> st.SearchStrategy[Pick]:
    return st.builds(Pick, st.just(path), st.just(how), st.sampled_from(values))


def _ranges(path: str, *ends: str) -> st.SearchStrategy[Pick]:
    """From one end to another that is not before it; either may be open, the upper one left out."""

    def written(first: int, last: int, is_open: tuple[bool, bool], below: str) -> Pick:
        low, high = ends[min(first, last)], below + ends[max(first, last)]
        return Pick(path, "range", f"{'*' if is_open[0] else low}--{'*' if is_open[1] else high}")

    places = st.integers(0, len(ends) - 1)
    either = st.sampled_from([(False, False), (True, False), (False, True), (True, True)])
    return st.builds(written, places, places, either, st.sampled_from(["", "<"]))


paths = st.sampled_from(["protein", "sample.type", "is_open", "rate", "made", "place", "x", "published", "title"])
picks = evenly(
    _picks("protein", "any", *PROTEINS, "P99"),
    _picks("protein", "any", *PROTEINS),
    _picks("protein", "not", *PROTEINS, "7"),
    _picks("protein", "all", *PROTEINS[:4]),
    _picks("protein", "like", "P0*", "p0*", "P?1"),
    _picks("sample.type", "any", "gel", "10", "9"),
    _picks("is_open", "any", "true", "false", "TRUE"),
    _ranges("rate", "-3", "-0", "0.30000000000000004", "5", "10", "54.9", "100", "1e6"),
    _ranges("rate", "-5", "0", "2.5", "10", "60"),
    _ranges("size", "0", "1", "1000", "12345", "1E9"),
    _picks("rate", "any", "10", "none"),
    _picks("made", "year", "2020", "2021"),
    _picks("made", "year", "2011", "1066", "9999"),
    _picks("made", "month", "2020-03"),
    _picks("made", "month", "2020-03", "2021-12", "2006-09", "1066-10"),
    _picks("made", "day", "2020-03-31", "2022-01-01", "2020-02-28"),
    _ranges("made", "2008", "2020-03", "2020-03-31", "2021-12-31", "2022-01-01T00:00:00Z"),
    _picks("place", "like", *(f"{place.rpartition('/')[0]}/*" for place in PLACES if "/" in place)),
    _picks("place", "like", *PLACES),
    _picks("x", "any", "1", "true", "red", "", "2.5", "é", "0"),
    _picks("x", "not", "1", "red", "false"),
    _ranges("published", "1992", "1995", "2000"),
    _picks("published", "any", "1995", "soon"),
    _picks("title", "any", "red", "été"),
    st.builds(Pick, paths, st.just("exists"), st.sampled_from(["false", "false", "true"])),
)
sorts = st.builds(Sort, st.sampled_from(["rate", "made", "x", "title", "protein", "nowhere"]), st.booleans())


def _or_missing(picks: tuple[Pick, ...], is_so: bool) -> tuple[Pick, ...]:
    """Now and then what has no value is one more alternative."""
    more = tuple({Pick(pick.path, "exists", "false") for pick in picks[:1] if is_so} - set(picks))
    return (*picks, *more)


several = evenly(*(st.lists(picks, min_size=n, max_size=n, unique=True).map(tuple) for n in (0, 1, 1, 2, 3)))
pages = st.builds(
    Asked,
    words=evenly(st.just(""), st.just(""), st.sampled_from(WORDS)),
    picks=st.builds(_or_missing, several, st.sampled_from([False] * 4 + [True])),
    sort=evenly(st.just(()), st.tuples(sorts), st.tuples(sorts, sorts)),
    limit=st.sampled_from([10, 10, 3, 100]),
    page=st.sampled_from([1, 1, 1, 2, 4]),
    sees_all=st.sampled_from([False] * 9 + [True]),
)
