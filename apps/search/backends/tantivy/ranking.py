"""Hits by score, equal scores by subject. Exact over pages, however many hits have the same score.

The engine orders by score, and equal scores as its files lie: by segment, and in each by subject. So hits are read in
whole groups of equal scores, and the runs of a group merged. A group too large to be read is walked in the order of
subjects instead, keeping those that have the score.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from tantivy import Query as Engine

from apps.search.backends.tantivy import sorting
from apps.search.backends.tantivy.clauses import Compiled, all_of, unscored
from apps.search.backends.tantivy.layout import sortable, subject_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import InvalidQuery
from apps.search.types import Cursor

MAX_GROUP = 5_000
"""So many hits are read at once, which costs 0.2 µs each. The members of a larger group lie so close that walking costs
less than reading it."""
MIN_WALK, MAX_WALK = 50, 5_000

_STEP = 40

Scored = tuple[float, Any]  # A score and the engine's address; tantivy is not typed.


class Ranked(NamedTuple):
    """A hit, and the position at which the group of its score begins."""

    score: float
    subject: str
    start: int

    def cursor(self) -> Cursor:
        return tuple(self)


class Group(NamedTuple):
    """The hits of one score, as they lie; None where they are too many."""

    score: float
    start: int
    hits: list[Scored] | None


def rounded(score: float) -> float:
    """Scores that differ by no more than the order of additions makes are equal: of seven digits, five count."""
    return float(f"{score:.5g}")


def ranked(cursor: Cursor) -> Ranked:
    """The inverse of ``Ranked.cursor``.

    Raises:
        InvalidQuery: the cursor is of another question.
    """
    match cursor:
        case (float() | int() as score, str(subject), int(start)) if start >= 0:
            return Ranked(float(score), subject, start)
    raise InvalidQuery("The cursor does not belong to this query. Begin at the first page.", place="after")


class Ranking:
    """One scored query over one state of a store. ``total`` is how many match, once a page was read."""

    def __init__(self, reader: Reader, query: Compiled) -> None:
        self._reader, self._query = reader, query
        self._wanted = 0
        self.total = -1

    def page(self, *, after: Cursor | None, offset: int, limit: int) -> list[Ranked]:
        """
        Raises:
            InvalidQuery: the cursor is of another question.
        """
        self._wanted = limit if after is not None else offset + limit
        if after is None:
            return list(islice(self._hits(self._groups(0)), offset, offset + limit))
        behind = ranked(after)
        groups = self._groups(self._begin(behind.score, behind.start))
        return list(islice(self._hits(groups, behind), limit))

    def _hits(self, groups: Iterator[Group], after: Ranked | None = None) -> Iterator[Ranked]:
        for group in groups:
            if after is None or group.score < after.score:
                behind = None
            elif group.score == after.score:
                behind = after.subject
            else:
                continue
            for subject in self._members(group, behind):
                yield Ranked(group.score, subject, group.start)

    def _groups(self, begin: int) -> Iterator[Group]:
        """The groups from a position on, each with all of its hits."""
        size = max(MAX_GROUP, self._wanted + 1)
        while True:
            window = self._window(begin, size)
            is_end = len(window) < size
            first = 0
            while first < len(window):
                score = rounded(window[first][0])
                last = bisect_right(window, -score, lo=first, key=lambda hit: -rounded(hit[0]))
                if last == len(window) and not is_end:
                    break
                yield Group(score, begin + first, window[first:last])
                first = last
            if is_end:
                return
            begin += first
            if first == 0:
                yield Group(score, begin, None)
                begin = self._end(score, begin + size)

    def _members(self, group: Group, behind: str | None) -> Iterator[str]:
        if group.hits is None:
            return self._walk(group.score, behind)
        return merge(*(self._run(run, behind) for run in _runs(group.hits)))

    def _run(self, run: list[Scored], behind: str | None) -> Iterator[str]:
        first = 0 if behind is None else bisect_right(run, behind, key=self._subject)
        return map(self._subject, islice(run, first, None))

    def _subject(self, hit: Scored) -> str:
        return subject_of(self._reader.searcher.doc(hit[1])["s"][0])

    def _walk(self, score: float, behind: str | None) -> Iterator[str]:
        """Of all that match, in the order of subjects, those with this score. The first look is likely to be enough."""
        size = min(max(MIN_WALK, 2 * self._wanted * self.total // MAX_GROUP), MAX_WALK)
        while chunk := sorting.subjects(self._reader, self._query, after=behind, size=size):
            among = Engine.term_set_query(self._reader.schema, "s", [sortable(subject) for subject in chunk])
            hits = self._reader.searcher.search(all_of([self._query, unscored(among)]), len(chunk), count=False).hits
            yield from sorted(self._subject(hit) for hit in hits if rounded(hit[0]) == score)
            behind, size = chunk[-1], min(2 * size, MAX_WALK)

    def _begin(self, score: float, start: int) -> int:
        """A position not behind the group of this score, which stood at ``start`` before the store may have changed."""
        step = _STEP
        while start > 0 and not ((hit := self._window(start - 1, 1)) and rounded(hit[0][0]) > score):
            start, step = max(0, start - step), 4 * step
        return start

    def _end(self, score: float, begin: int) -> int:
        """Where the group ends that holds all hits before ``begin``; by halves, because it is a large one."""
        low, high = begin, self._reader.searcher.num_docs
        while low < high:
            middle = (low + high) // 2
            if (hit := self._window(middle, 1)) and rounded(hit[0][0]) >= score:
                low = middle + 1
            else:
                high = middle
        return low

    def _window(self, begin: int, size: int) -> list[Scored]:
        found = self._reader.searcher.search(self._query, size, count=self.total < 0, offset=begin)
        if self.total < 0:
            self.total = found.count  # type: ignore[attr-defined]  # its stub forgets it
        return found.hits


def _runs(hits: list[Scored]) -> Iterator[list[Scored]]:
    """The hits, parted where the score (in all its digits) or the segment changes. Each run is in order of subjects."""
    first = 0
    while first < len(hits):
        last = bisect_right(hits, _lies(hits[first]), lo=first, key=_lies)
        yield hits[first:last]
        first = last


def _lies(hit: Scored) -> tuple[float, int]:
    return -hit[0], hit[1].segment_ord
